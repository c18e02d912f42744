/** What a worker says of its jobs: a line each with `-v`, an object each for programs. */
import { readError } from "../../queue/outcome.ts";
import type { WorkListener } from "../../queue/work/job-turn.ts";
import type { Console } from "../../terminal/console.ts";

export function workLog(console: Console): WorkListener {
  return {
    ended(name, outcome, tookMs) {
      const seconds = (tookMs / 1000).toFixed(1);
      if (outcome.error !== undefined) {
        console.debug(`${name}: failed after ${seconds} s: ${readError(outcome.error).message}`);
        console.report("failed", { input: name, took_ms: tookMs, code: outcome.error.kind });
        return;
      }
      console.debug(`${name}: done after ${seconds} s`);
      console.report("done", { input: name, took_ms: tookMs });
    },
    handedBack(name, why) {
      const because = why === "ending" ? "this worker ends" : "a newer asr has put it there";
      console.debug(`${name}: handed back, ${because}`);
      console.report("handed_back", { input: name, because: why });
    },
    trouble({ message }) {
      console.debug(`queue: ${message}`);
    },
  };
}
