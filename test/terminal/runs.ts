/** A run of several inputs as its view sees it, with a clock that the test turns. */
import type { HourlyPrice } from "../../src/terminal/billing.ts";
import { type NamedInput, RunTally } from "../../src/terminal/run-tally.ts";
import type { Transcript } from "../../src/transcript/transcript.ts";

const HOUR_MS = 3_600_000;

export const transcript = (durationMs: number): Transcript => ({
  provider: "stepfun",
  durationMs,
  segments: [],
  warnings: [],
  requestIds: [],
});

export function openRun(total: number, prices: Readonly<Record<string, HourlyPrice>> = {}) {
  let nowMs = 1_000_000;
  const tally = new RunTally({
    total,
    now: () => nowMs,
    isBilled: true,
    priceOf: (provider) => prices[provider],
  });
  return {
    tally,
    wait(ms: number): void {
      nowMs += ms;
    },
    /** @returns its identity */
    start(name: string, totalMs?: number, provider = "stepfun"): NamedInput {
      const input = { name };
      const length = totalMs === undefined ? {} : { durationMs: totalMs };
      const source = { name, sampleRate: 16_000, channels: 1, ...length };
      tally.event(input, { type: "start", provider, source });
      return input;
    },
    bill(input: NamedInput, hours: number): void {
      tally.event(input, { type: "response", usage: { requests: 1, billedMs: hours * HOUR_MS } });
    },
    finish(input: NamedInput, durationMs: number): void {
      tally.finish(input, transcript(durationMs));
    },
  };
}
