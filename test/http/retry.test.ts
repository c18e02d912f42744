import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AsrError, type ErrorDetails } from "../../src/errors.ts";
import {
  DEFAULT_RETRY_POLICY,
  type FailedTry,
  type RetryTools,
  repeatDelayMs,
  withRetries,
} from "../../src/http/retry.ts";
import { FakeClock } from "./fake-clock.ts";

const failure = (details: ErrorDetails = {}) =>
  new AsrError("network", "failed", { retryable: true, ...details });

function delayMs(wishes: Partial<FailedTry>, random = 0): number | undefined {
  const failed: FailedTry = {
    error: failure(),
    attempt: 1,
    elapsedMs: 0,
    paid: true,
    unknownRepeats: 0,
    ...wishes,
  };
  return repeatDelayMs(DEFAULT_RETRY_POLICY, failed, random);
}

describe("repeatDelayMs", () => {
  it("grows from half a second and never leaves half a second to 30 s", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 60 }),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (attempt, random) => {
          const policy = { ...DEFAULT_RETRY_POLICY, maxRepeats: 100 };
          const failed = {
            error: failure(),
            attempt,
            elapsedMs: 0,
            paid: false,
            unknownRepeats: 0,
          };
          const waitMs = repeatDelayMs(policy, failed, random) ?? Number.NaN;
          expect(waitMs).toBeGreaterThanOrEqual(500);
          expect(waitMs).toBeLessThanOrEqual(Math.min(30_000, 500 * 2 ** attempt));
        },
      ),
    );
  });

  it("never comes back earlier than the vendor asks, nor all at the same moment", () => {
    const error = failure({ retryAfterMs: 20_000 });
    expect(delayMs({ error }, 0)).toBe(20_000);
    expect(delayMs({ error }, 0.5)).toBe(20_250);
    expect(delayMs({ error: failure({ retryAfterMs: 1 }) }, 0)).toBe(500);
  });

  it("gives up at once where the wait would end after ten minutes in all", () => {
    expect(delayMs({ elapsedMs: 599_500 })).toBe(500);
    expect(delayMs({ elapsedMs: 599_501 })).toBeUndefined();
    expect(delayMs({ error: failure({ retryAfterMs: 3_600_000 }) })).toBeUndefined();
  });

  it("repeats three times and only what may succeed", () => {
    expect(delayMs({ attempt: 3 })).toBeDefined();
    expect(delayMs({ attempt: 4 })).toBeUndefined();
    expect(delayMs({ error: failure({ retryable: false }) })).toBeUndefined();
  });

  it("repeats a paid request of unknown outcome once, an unpaid one like any other", () => {
    const error = failure({ outcomeUnknown: true });
    expect(delayMs({ error })).toBeDefined();
    expect(delayMs({ error, unknownRepeats: 1 })).toBeUndefined();
    expect(delayMs({ error, unknownRepeats: 1, paid: false })).toBeDefined();
    expect(delayMs({ unknownRepeats: 1 })).toBeDefined();
  });
});

describe("one too many", () => {
  it("is sent again as often as it takes, soon, and not with --retries 0", () => {
    fc.assert(
      fc.property(
        fc.nat(1000),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (attempt, random) => {
          const waitMs = delayMs({ attempt, refusedMs: 0 }, random) ?? Number.NaN;
          expect(waitMs).toBeGreaterThanOrEqual(500);
          expect(waitMs).toBeLessThanOrEqual(1_000);
        },
      ),
    );
    const never = { ...DEFAULT_RETRY_POLICY, maxRepeats: 0 };
    const failed = { attempt: 0, elapsedMs: 0, paid: true, unknownRepeats: 0, refusedMs: 0 };
    expect(repeatDelayMs(never, { ...failed, error: failure() }, 0)).toBeUndefined();
  });

  it("is given up where the vendor has taken nothing at all for ten minutes", () => {
    expect(delayMs({ refusedMs: 600_000 })).toBe(500);
    expect(delayMs({ refusedMs: 600_001 })).toBeUndefined();
  });
});

describe("withRetries", () => {
  function retries(wishes: Partial<RetryTools> = {}) {
    const clock = new FakeClock();
    const told: string[] = [];
    const tools: RetryTools = {
      policy: DEFAULT_RETRY_POLICY,
      clock,
      random: () => 0,
      signal: new AbortController().signal,
      paid: true,
      onRepeat: ({ attempt, delayMs: waitMs }) => told.push(`try ${attempt} in ${waitMs}`),
      onPossiblyBilledTwice: () => told.push("possibly billed twice"),
      ...wishes,
    };
    const run = async <T>(send: (attempt: number) => Promise<T>) => {
      const result = withRetries(send, tools);
      await clock.advanceUntilSettled(result);
      return result;
    };
    return { clock, told, run };
  }

  /** Fails as told, try by try, then succeeds. */
  const failing = (...errors: unknown[]) => {
    const attempts: number[] = [];
    const send = async (attempt: number) => {
      attempts.push(attempt);
      if (attempt <= errors.length) throw errors[attempt - 1];
      return "done";
    };
    return { attempts, send };
  };

  it("sends again until it succeeds", async () => {
    const { run, told } = retries();
    const { attempts, send } = failing(failure(), failure());
    expect(await run(send)).toBe("done");
    expect(attempts).toEqual([1, 2, 3]);
    expect(told).toEqual(["try 2 in 500", "try 3 in 500"]);
  });

  it("throws the last error when no repeat is left", async () => {
    const { run } = retries();
    const last = failure();
    const { send, attempts } = failing(failure(), failure(), failure(), last);
    await expect(run(send)).rejects.toBe(last);
    expect(attempts).toHaveLength(4);
  });

  it("does not count what was one too many, nor the time until then", async () => {
    let isRefused = true;
    const refusal = () => (isRefused ? { forMs: 0, isPassing: true } : undefined);
    const { run, told, clock } = retries({ refusal });
    let tries = 0;
    const send = async () => {
      tries += 1;
      await clock.sleep(100_000);
      isRefused = tries <= 10;
      if (tries <= 13) throw failure();
      return tries;
    };
    expect(await run(send)).toBe(14);
    expect(told.slice(-4)).toEqual([
      "try 1 in 500",
      "try 2 in 500",
      "try 3 in 500",
      "try 4 in 500",
    ]);
  });

  it("counts only its own time against an account that is refused for long", async () => {
    const { run, clock } = retries({ refusal: () => ({ forMs: 3_600_000, isPassing: true }) });
    const { send } = failing(...Array.from({ length: 2000 }, () => failure()));
    await expect(run(send)).rejects.toThrow("failed");
    expect(clock.elapsedMs).toBeGreaterThan(600_000);
    expect(clock.elapsedMs).toBeLessThan(602_000);
  });

  it("counts what is refused although nobody else is there", async () => {
    const { run } = retries({ refusal: () => ({ forMs: 0, isPassing: false }) });
    const { send, attempts } = failing(...Array.from({ length: 9 }, () => failure()));
    await expect(run(send)).rejects.toThrow("failed");
    expect(attempts).toHaveLength(4);
  });

  it("does not repeat what no repeat can mend", async () => {
    const { run } = retries();
    for (const error of [failure({ retryable: false }), new TypeError("a fault")]) {
      const { send, attempts } = failing(error);
      await expect(run(send)).rejects.toBe(error);
      expect(attempts).toEqual([1]);
    }
  });

  it("says so when a paid request whose outcome is unknown is sent a second time", async () => {
    const { run, told } = retries();
    const second = failure({ outcomeUnknown: true });
    const { send, attempts } = failing(failure({ outcomeUnknown: true }), failure(), second);
    await expect(run(send)).rejects.toBe(second);
    expect(attempts).toEqual([1, 2, 3]);
    expect(told).toEqual(["try 2 in 500", "possibly billed twice", "try 3 in 500"]);
  });

  it("is silent about unpaid ones", async () => {
    const { run, told } = retries({ paid: false });
    await run(failing(failure({ outcomeUnknown: true }), failure({ outcomeUnknown: true })).send);
    expect(told).not.toContain("possibly billed twice");
  });

  it("stops waiting when it is aborted, and was then not billed twice", async () => {
    const abort = new AbortController();
    const { clock, told } = retries();
    const { send, attempts } = failing(failure({ outcomeUnknown: true }));
    const result = withRetries(send, {
      policy: DEFAULT_RETRY_POLICY,
      clock,
      random: () => 0,
      signal: abort.signal,
      paid: true,
      onPossiblyBilledTwice: () => told.push("possibly billed twice"),
    });
    const failed = expect(result).rejects.toThrow("stop");
    await clock.untilSomebodySleeps();
    abort.abort(new Error("stop"));
    await failed;
    expect(attempts).toEqual([1]);
    expect(told).toEqual([]);
    expect(clock.sleepers).toBe(0);
  });
});
