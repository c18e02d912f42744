/** What a user sees of a run with several inputs: warnings, failures, a table on a terminal. */
import { batchTable } from "./batch-table.ts";
import type { Console, ProgressLine } from "./console.ts";
import type { JobView } from "./job-view.ts";
import type { RunTally } from "./run-tally.ts";

export interface BatchViewOptions {
  readonly console: Console;
  /** Undefined where no progress is wanted: no terminal, `--quiet`. */
  readonly line?: ProgressLine;
  /** Knows of each event before the view is told. */
  readonly tally: RunTally;
}

export function createBatchView({ console, line, tally }: BatchViewOptions): JobView {
  console.attach(line);
  line?.follow((size) => batchTable(tally, size).join("\n"));
  return {
    event({ name }, event) {
      if (event.type === "warning") console.warning(event.warning, name);
    },
    stage: () => {},
    done: () => {},
    failed: ({ name }, error) => console.failed(error, name === "-" ? undefined : name),
    skipped({ name }, error) {
      console.debug(`skipped ${name}: ${error.message}`);
    },
    passed: () => {},
    stop() {
      console.attach(undefined);
      line?.stop();
    },
  };
}
