/** Where the result of live recognition goes: the screen, and a file that grows beside it. */
import path from "node:path";
import type { Input } from "../inputs/input.ts";
import { descriptorOf, STDOUT_DESCRIPTOR } from "./descriptor-path.ts";
import type { WritableFormat } from "./destination.ts";
import { type FileRequest, fileDestinations } from "./file-destinations.ts";
import type { ResultSink, SinkContext } from "./results.ts";
import { streamDestinations } from "./stream-destinations.ts";

/** A format, and whether a file of it has to wait for the end. */
export interface LiveFormat extends WritableFormat {
  readonly atEnd?: boolean;
}

export interface LiveRequest
  extends Pick<FileRequest, "knownExtensions" | "workingFolder" | "force" | "uniqueName"> {
  readonly input: Input;
  readonly formats: readonly LiveFormat[];
  /** What the screen shows beside a file. */
  readonly screenFormat: WritableFormat;
  /** `-o` as typed; undefined, "-" or a path of stdout's descriptor: stdout alone. */
  readonly output?: string;
  readonly writeToStream: (text: string) => Promise<void>;
}

/**
 * @throws AsrError kind "usage" for formats that can't share stdout, "output" for a file that can't
 *   be written or is there already.
 */
export async function openLiveSink(
  { input, formats, screenFormat, output, writeToStream, ...rest }: LiveRequest,
  context: SinkContext,
): Promise<ResultSink> {
  const onStream = (shown: readonly WritableFormat[]): ResultSink =>
    streamDestinations({ formats: shown, several: false, writeToStream })(input, 0, context);
  if (output === undefined || output === "-") return onStream(formats);
  const descriptor = await descriptorOf(path.resolve(rest.workingFolder, output));
  if (descriptor === STDOUT_DESCRIPTOR) return onStream(formats);
  const { openSink: openFiles } = await fileDestinations({
    ...rest,
    output,
    inputs: [input],
    several: false,
    formats: formats.map((format) => ({ ...format, grows: format.atEnd !== true })),
    keepExtension: false,
    keepsExisting: true,
  });
  return both(onStream([screenFormat]), openFiles(input, 0, context));
}

function both(screen: ResultSink, files: ResultSink): ResultSink {
  return {
    async write(event) {
      await screen.write(event);
      await files.write(event);
    },
    async commit() {
      await files.commit();
      await screen.commit();
    },
    async discard() {
      await files.discard();
      await screen.discard();
    },
    async keep() {
      const kept = await files.keep();
      return [...kept, ...(await screen.keep())];
    },
  };
}
