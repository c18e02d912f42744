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

/** Files first: a screen that fails is told of at the end, and stops no file. */
function both(screen: ResultSink, files: ResultSink): ResultSink {
  let screenFailure: { readonly error: unknown } | undefined;
  async function show(step: () => Promise<void>): Promise<void> {
    if (screenFailure !== undefined) return;
    await step().catch((error: unknown) => {
      screenFailure = { error };
    });
  }
  return {
    async write(event) {
      await files.write(event);
      await show(() => screen.write(event));
    },
    async commit() {
      await files.commit();
      await show(() => screen.commit());
      if (screenFailure !== undefined) throw screenFailure.error;
    },
    async discard() {
      await files.discard();
      await show(() => screen.discard());
    },
    async keep() {
      const kept = await files.keep();
      await show(async () => void (await screen.keep()));
      return kept;
    },
  };
}
