/** Where the events of a job go: through format writers into a stream and files. */
import type { JobEvent } from "../transcript/events.ts";

/** Turns events into the text of one format; what it returns is appended. */
export interface EventWriter {
  write(event: JobEvent): string;
}

/** What takes the text of one format for one job. */
export interface ResultTarget {
  append(text: string): Promise<void>;
  commit(): Promise<void>;
  discard(): Promise<void>;
}

export interface ResultSink {
  write(event: JobEvent): Promise<void>;
  commit(): Promise<void>;
  discard(): Promise<void>;
}

/** One job into several formats at once. */
export function createSink(
  outputs: readonly { readonly writer: EventWriter; readonly target: ResultTarget }[],
): ResultSink {
  return {
    async write(event) {
      for (const { writer, target } of outputs) {
        const text = writer.write(event);
        if (text !== "") await target.append(text);
      }
    },
    async commit() {
      for (const { target } of outputs) await target.commit();
    },
    async discard() {
      for (const { target } of outputs) await target.discard();
    },
  };
}
