/** The results of all inputs on one stream. */
import { AsrError, usageError } from "../../errors.ts";
import type { OpenSink, WritableFormat } from "./destination.ts";
import { createOrderedOutput } from "./ordered.ts";
import { createSink } from "./results.ts";

export interface StreamRequest {
  readonly several: boolean;
  readonly formats: readonly WritableFormat[];
  readonly writeToStream: (text: string) => Promise<void>;
}

/** @throws AsrError kind "usage" for results that can't share a stream. */
export function streamDestinations({ formats, several, writeToStream }: StreamRequest): OpenSink {
  const [format] = formats;
  if (format === undefined || formats.length > 1) {
    const names = formats.map(({ name }) => name).join(", ");
    throw usageError(`stdout takes one format, not ${names}`, "write into files with -o");
  }
  const { sharing } = format;
  if (several && sharing === undefined) {
    throw usageError(
      `several transcripts as ${format.name} can't share stdout`,
      "write into a folder with -o, or choose -f txt, json or jsonl",
    );
  }
  const write = endingTheRun(writeToStream);
  const slots = createOrderedOutput(write, several ? (sharing?.separator ?? "") : "");
  return (input, index) => {
    const writer = format.open(several ? { pretty: false, input: input.name } : { pretty: true });
    const direct = { append: write, end: async () => {} };
    const { append, end } = sharing?.interleaved ? direct : slots(index);
    return createSink([{ writer, target: { append, commit: end, discard: end, keep: kept(end) } }]);
  };
}

/** What was written to a stream stays there. */
function kept(end: () => Promise<void>): () => Promise<undefined> {
  return async () => {
    await end();
    return undefined;
  };
}

/** A stream that is broken is so for all: nothing more is to be paid for. */
function endingTheRun(write: (text: string) => Promise<void>): (text: string) => Promise<void> {
  return async (text) => {
    try {
      await write(text);
    } catch (error) {
      if (!(error instanceof AsrError) || error.kind !== "output") throw error;
      const hint = error.details.hint ?? "free some space, or write into files with -o";
      throw new AsrError("output", error.message, { ...error.details, hint, stopsBatch: true });
    }
  };
}
