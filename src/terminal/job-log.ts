/** What programs read of a run (`--log-format json`): a line an input, as soon as it has ended. */
import { secondsOf } from "../transcript/time.ts";
import type { Console } from "./console.ts";
import type { NamedInput } from "./run-tally.ts";
import type { JobView } from "./view.ts";

export interface JobLogOptions {
  readonly console: Console;
  /** The files of an input's results, as the user would name them. */
  readonly outputsOf: (input: NamedInput) => readonly string[];
  readonly now: () => number;
}

export function createJobLog({ console, outputsOf, now }: JobLogOptions): JobView {
  const startedMs = new Map<NamedInput, number>();
  return {
    event(input, event) {
      if (event.type === "start") startedMs.set(input, now());
      else if (event.type === "warning") console.warning(event.warning, input.name);
    },
    stage: () => {},
    done(input, { provider, durationMs, usage, requestIds }) {
      const started = startedMs.get(input);
      startedMs.delete(input);
      console.report("done", {
        input: input.name,
        provider,
        outputs: outputsOf(input),
        duration: secondsOf(durationMs),
        ...(usage === undefined ? {} : { billed_seconds: secondsOf(usage.billedMs) }),
        request_ids: requestIds,
        ...(started === undefined ? {} : { seconds: secondsOf(now() - started) }),
      });
    },
    failed(input, error) {
      startedMs.delete(input);
      console.failed(error, input.name);
    },
    skipped(input, error) {
      startedMs.delete(input);
      console.debug(`skipped ${input.name}: ${error.message}`);
    },
    passed({ name }, because) {
      console.report("passed", { input: name, reason: because });
    },
    stop: () => {},
  };
}
