/** What a user sees of a run with several inputs: warnings, failures, a table on a terminal. */
import { batchTable } from "./batch-table.ts";
import type { RunTally } from "./run-tally.ts";
import { type JobView, type LineViewOptions, lineView } from "./view.ts";

export interface BatchViewOptions extends LineViewOptions {
  /** Knows of each event before the view is told. */
  readonly tally: RunTally;
}

export function createBatchView({ console, line, tally }: BatchViewOptions): JobView {
  const view = lineView({ console, line });
  line?.follow((size) => batchTable(tally, size).join("\n"));
  return {
    ...view,
    event({ name }, event) {
      if (event.type === "warning") console.warning(event.warning, name);
    },
    failed: ({ name }, error) => console.failed(error, name === "-" ? undefined : name),
  };
}
