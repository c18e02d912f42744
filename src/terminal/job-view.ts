/** What a user sees of a run with one input: warnings, and a progress line on a terminal. */
import { progressText } from "./progress.ts";
import type { NamedInput } from "./run-tally.ts";
import { sanitizeLine } from "./sanitize.ts";
import { StageClock } from "./stage-clock.ts";
import { type JobView, type LineViewOptions, lineView } from "./view.ts";

export interface JobViewOptions extends LineViewOptions {
  readonly now: () => number;
}

export function createJobView({ console, line, now }: JobViewOptions): JobView {
  let job: { readonly clock: StageClock; readonly totalMs?: number } | undefined;

  function show({ name }: NamedInput, doneMs: number, stage = ""): void {
    if (job === undefined || line === undefined) return;
    const { totalMs } = job;
    line.update(
      progressText({
        label: `${sanitizeLine(name)}${stage === "" ? "" : `  ${stage}`}`,
        doneMs,
        ...(totalMs === undefined ? {} : { totalMs }),
        elapsedMs: job.clock.elapsedMs(stage),
      }),
    );
  }

  return {
    ...lineView({ console, line }),
    event(input, event) {
      if (event.type === "start") {
        const durationMs = event.source?.durationMs;
        const total = durationMs === undefined ? {} : { totalMs: durationMs };
        job = { clock: new StageClock(now), ...total };
        show(input, 0);
      } else if (event.type === "progress") show(input, event.audioMs);
      // Its name says nothing new.
      else if (event.type === "warning") console.warning(event.warning);
    },
    stage: (input, stage, audioMs) => show(input, audioMs, stage),
  };
}
