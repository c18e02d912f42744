/** What a user sees of a run with one input: warnings, and a progress line on a terminal. */
import type { AsrError } from "../errors.ts";
import type { JobEvent } from "../transcript/events.ts";
import type { Transcript } from "../transcript/transcript.ts";
import type { Console, ProgressLine } from "./console.ts";
import { progressText } from "./progress.ts";
import type { NamedInput, PassedBecause } from "./run-tally.ts";
import { sanitizeLine } from "./sanitize.ts";
import { StageClock } from "./stage-clock.ts";

export interface JobViewOptions {
  readonly console: Console;
  /** Undefined where no progress is wanted: no terminal, `--quiet`. */
  readonly line?: ProgressLine;
  readonly now: () => number;
}

export interface JobView {
  event(input: NamedInput, event: JobEvent): void;
  /** What is done before anything is sent, and how far, in milliseconds of audio. */
  stage(input: NamedInput, stage: string, audioMs: number): void;
  /** Its results are in their places. */
  done(input: NamedInput, transcript: Transcript): void;
  failed(input: NamedInput, error: AsrError): void;
  skipped(input: NamedInput, error: AsrError): void;
  /** Nothing is to be done for it. */
  passed(input: NamedInput, because: PassedBecause): void;
  stop(): void;
}

export function createJobView({ console, line, now }: JobViewOptions): JobView {
  let job: { readonly clock: StageClock; readonly totalMs?: number } | undefined;
  console.attach(line);

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
    done: () => {},
    // It is the command's own failure: who started it tells.
    failed: () => {},
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
