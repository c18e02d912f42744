/** Where the events of a job go: through format writers into a stream and files. */
import { AsrError } from "../../errors.ts";
import type { Clock } from "../../http/clock.ts";
import type { JobEvent } from "../../transcript/events.ts";

/** Turns events into the text of one format; what it returns is appended. */
export interface EventWriter {
  write(event: JobEvent): string;
}

/** What takes the text of one format for one job. All failures are kind "output". */
export interface ResultTarget {
  append(text: string): Promise<void>;
  /** The result is complete: it takes its place. */
  commit(): Promise<void>;
  /**
   * The job failed: leaves what was there before. Does nothing after `commit`, failed or not: what
   * a failed one has kept may have been paid for.
   */
  discard(): Promise<void>;
  /**
   * The job failed half-way: like `discard`, but what was appended is kept beside the place.
   *
   * @returns the file it is in; undefined where it is where it was written
   */
  keep(): Promise<string | undefined>;
}

export interface ResultSink {
  write(event: JobEvent): Promise<void>;
  commit(): Promise<void>;
  discard(): Promise<void>;
  /** @returns the files that hold what there is */
  keep(): Promise<string[]>;
}

/** What a sink may touch of the world. */
export interface SinkContext {
  /** Ends a wait for the reader of a pipe. */
  readonly signal: AbortSignal;
  readonly clock: Pick<Clock, "sleep">;
  /** Runs when the process ends by whatever way. */
  readonly onExit: (cleanup: () => void) => () => void;
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
    commit: () => each(outputs, ({ target }) => target.commit()),
    discard: () => each(outputs, ({ target }) => target.discard()),
    async keep() {
      const files: string[] = [];
      await each(outputs, async ({ target }) => {
        const file = await target.keep();
        if (file !== undefined) files.push(file);
      });
      return files;
    },
  };
}

/** Does it to all, whichever of them fails; then throws the first error, with the hints of all. */
async function each<Item>(
  items: readonly Item[],
  act: (item: Item) => Promise<void>,
): Promise<void> {
  const errors: unknown[] = [];
  for (const item of items) await act(item).catch((error: unknown) => void errors.push(error));
  if (errors.length === 0) return;
  const [first, ...others] = errors;
  if (others.length === 0 || !(first instanceof AsrError)) throw first;
  const hints = errors.flatMap((error) => (error instanceof AsrError ? error.details.hint : []));
  const hint = [...new Set(hints)].join("; ");
  throw new AsrError(first.kind, first.message, { ...first.details, hint });
}
