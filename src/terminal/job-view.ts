/** What a user sees of running jobs: warnings, failures, and a progress line on a terminal. */
import type { AsrError } from "../errors.ts";
import type { JobEvent } from "../transcript/events.ts";
import type { Console, ProgressLine } from "./console.ts";
import { progressText } from "./progress.ts";
import { sanitizeLine } from "./sanitize.ts";
import { StageClock } from "./stage-clock.ts";

export interface JobViewOptions {
  readonly console: Console;
  /** Undefined where no progress is wanted: no terminal, `--quiet`, JSON logs. */
  readonly line?: ProgressLine;
  readonly inputCount: number;
  readonly now: () => number;
}

export interface JobView {
  event(input: string, event: JobEvent): void;
  /** What is done before anything is sent, and how far, in milliseconds of audio. */
  stage(input: string, stage: string, audioMs: number): void;
  failed(input: string, error: AsrError): void;
  skipped(input: string, error: AsrError): void;
  /** Nothing is to be done for it. */
  passed(input: string): void;
  stop(): void;
}

interface RunningJob {
  readonly clock: StageClock;
  readonly totalMs?: number;
}

export function createJobView({ console, line, inputCount, now }: JobViewOptions): JobView {
  const running = new Map<string, RunningJob>();
  let ended = 0;
  console.attach(line);
  /** With one input its name says nothing new. */
  const named = (input: string): string | undefined => (inputCount > 1 ? input : undefined);

  function show(input: string, doneMs: number, stage = ""): void {
    const job = running.get(input);
    if (job === undefined || line === undefined) return;
    const count = inputCount > 1 ? `${ended + 1}/${inputCount} ` : "";
    const { totalMs } = job;
    line.update(
      progressText({
        label: `${count}${sanitizeLine(input)}${stage === "" ? "" : `  ${stage}`}`,
        doneMs,
        ...(totalMs === undefined ? {} : { totalMs }),
        elapsedMs: job.clock.elapsedMs(stage),
      }),
    );
  }

  function end(input: string): void {
    running.delete(input);
    ended += 1;
  }

  return {
    event(input, event) {
      if (event.type === "start") {
        const durationMs = event.source?.durationMs;
        const total = durationMs === undefined ? {} : { totalMs: durationMs };
        running.set(input, { clock: new StageClock(now), ...total });
        show(input, 0);
      } else if (event.type === "progress") show(input, event.audioMs);
      else if (event.type === "warning") console.warning(event.warning, named(input));
      else if (event.type === "done") end(input);
    },
    stage: (input, stage, audioMs) => show(input, audioMs, stage),
    failed(input, error) {
      end(input);
      console.error(error, input === "-" ? undefined : named(input));
    },
    skipped(input, error) {
      end(input);
      console.debug(`skipped ${input}: ${error.message}`);
    },
    passed: end,
    stop() {
      console.attach(undefined);
      line?.stop();
    },
  };
}
