import { setImmediate } from "node:timers/promises";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Account, EnterOptions, Place } from "../../src/http/limiter.ts";
import { createLimiter } from "../../src/http/local-limiter.ts";
import { FakeClock } from "./fake-clock.ts";

const signal = new AbortController().signal;

/** A limiter on which every entry is written down. */
function watched(account: Account) {
  const clock = new FakeClock();
  const limiter = createLimiter(clock);
  const entered: { name: string; atMs: number; place: Place }[] = [];
  const ask = (name: string, options: Partial<EnterOptions> = {}) => {
    const waiting = limiter.enter(account, { signal, ...options });
    waiting.then(
      (place) => entered.push({ name, atMs: clock.elapsedMs, place }),
      () => {},
    );
    return waiting;
  };
  return { clock, limiter, entered, ask, names: () => entered.map(({ name }) => name) };
}

describe("at once", () => {
  it("lets in as many as the account may have, in order of arrival, and the next when one leaves", async () => {
    const { ask, names, entered } = watched({ key: "a", limit: "a", maxConcurrency: 2 });
    for (const name of ["1", "2", "3", "4"]) ask(name);
    await setImmediate();
    expect(names()).toEqual(["1", "2"]);
    entered[1]?.place.leave();
    entered[1]?.place.leave();
    await setImmediate();
    expect(names()).toEqual(["1", "2", "3"]);
  });

  it("lets repeats in before those who were never sent, in their own order", async () => {
    const { ask, names, entered } = watched({ key: "a", limit: "a", maxConcurrency: 1 });
    ask("first");
    ask("new");
    ask("repeat 1", { again: true });
    ask("repeat 2", { again: true });
    for (let i = 0; i < 4; i++) {
      await setImmediate();
      entered[i]?.place.leave();
    }
    expect(names()).toEqual(["first", "repeat 1", "repeat 2", "new"]);
  });

  it("keeps accounts apart", async () => {
    const { limiter } = watched({ key: "a", limit: "a", maxConcurrency: 1 });
    const enter = (key: string) =>
      limiter.enter({ key, limit: key, maxConcurrency: 1 }, { signal });
    await Promise.all([enter("x"), enter("y")]);
  });

  it("gives up a wait that is aborted, wherever it stands, and lets the others pass", async () => {
    const { ask, names, entered } = watched({ key: "a", limit: "a", maxConcurrency: 1 });
    const abort = new AbortController();
    ask("1");
    const second = ask("2", { signal: abort.signal });
    ask("3");
    abort.abort(new Error("stop"));
    await expect(second).rejects.toThrow("stop");
    entered[0]?.place.leave();
    await setImmediate();
    expect(names()).toEqual(["1", "3"]);
    await expect(ask("4", { signal: abort.signal })).rejects.toThrow("stop");
  });
});

describe("in a second", () => {
  it("never lets more begin in any window of 1000 ms, wherever it starts", async () => {
    const arrivals = fc.array(fc.integer({ min: 0, max: 700 }), { minLength: 1, maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 5 }), arrivals, async (limit, gapsMs) => {
        const account = { key: "a", limit: "a", maxConcurrency: 100, maxStartsPerSecond: limit };
        const { clock, ask, entered } = watched(account);
        for (const gapMs of gapsMs) {
          await clock.advance(gapMs);
          ask("x");
        }
        await clock.advance(2_000 + (gapsMs.length / limit) * 1_060);
        const startsMs = entered.map(({ atMs }) => atMs);
        expect(startsMs).toHaveLength(gapsMs.length);
        for (const beginMs of startsMs) {
          const inside = startsMs.filter((atMs) => atMs >= beginMs && atMs <= beginMs + 1_000);
          expect(inside.length).toBeLessThanOrEqual(limit);
        }
      }),
      { numRuns: 30 },
    );
  });

  it("lets them begin evenly, a little slower than the limit", async () => {
    const { clock, ask, entered } = watched({
      key: "a",
      limit: "a",
      maxConcurrency: 100,
      maxStartsPerSecond: 2,
    });
    for (let i = 0; i < 5; i++) ask("x");
    await clock.advance(5_000);
    expect(entered.map(({ atMs }) => atMs)).toEqual([0, 540, 1_080, 1_620, 2_160]);
  });

  it("counts those that start later from when they really do", async () => {
    const { clock, ask, names, entered } = watched({
      key: "a",
      limit: "a",
      maxConcurrency: 100,
      maxStartsPerSecond: 2,
    });
    for (const name of ["1", "2", "3", "4"]) ask(name, { startsLater: true });
    await clock.advance(3_000);
    // Both may go out at any moment: a third could be one too many.
    expect(names()).toEqual(["1", "2"]);
    entered[0]?.place.started?.();
    entered[0]?.place.started?.();
    await clock.advance(100);
    entered[1]?.place.leave();
    entered[1]?.place.started?.();
    await clock.advance(0);
    // The second never started, as far as anybody knows: it counts from when it was let in.
    expect(names()).toEqual(["1", "2", "3"]);
    entered[2]?.place.started?.();
    await clock.advance(979);
    expect(names()).toHaveLength(3);
    await clock.advance(1);
    expect(names()).toHaveLength(4);
  });

  it("leaves no timer behind when the last one who waits gives up", async () => {
    const { clock, ask } = watched({
      key: "a",
      limit: "a",
      maxConcurrency: 100,
      maxStartsPerSecond: 1,
    });
    const abort = new AbortController();
    ask("1");
    const second = ask("2", { signal: abort.signal });
    expect(clock.sleepers).toBe(1);
    abort.abort(new Error("stop"));
    await expect(second).rejects.toThrow("stop");
    expect(clock.sleepers).toBe(0);
  });
});

describe("flows", () => {
  it("take turns, however many wait of each, and whoever comes late has one soon", async () => {
    const { ask, names, entered } = watched({ key: "a", limit: "a", maxConcurrency: 2 });
    const large = Symbol("large");
    const small = Symbol("small");
    for (let part = 1; part <= 6; part++) ask(`large ${part}`, { flow: large });
    ask("small", { flow: small });
    ask("alone");
    for (let turn = 0; turn < 3; turn++) {
      await setImmediate();
      entered[turn]?.place.leave();
    }
    await setImmediate();
    expect(names()).toEqual(["large 1", "large 2", "small", "large 3", "alone"]);
  });

  it("count their repeats, which wait for nobody's turn", async () => {
    const { ask, names, entered } = watched({ key: "a", limit: "a", maxConcurrency: 2 });
    const large = Symbol("large");
    ask("large 1", { flow: large });
    ask("large 2", { flow: large });
    await setImmediate();
    ask("large 3", { flow: large });
    ask("large 1 again", { flow: large, again: true });
    ask("small");
    entered[0]?.place.leave();
    entered[1]?.place.leave();
    await setImmediate();
    expect(names().slice(2)).toEqual(["large 1 again", "small"]);
  });
});

describe("when the vendor says too many", () => {
  /** Fills an account of 20 and has the vendor complain about some, all if not told how many. */
  async function complained({
    count = 20,
    retryAfterMs,
  }: {
    count?: number;
    retryAfterMs?: number;
  }) {
    const world = watched({ key: "a", limit: "a", maxConcurrency: 20 });
    for (let i = 0; i < 20; i++) world.ask(`${i}`);
    await setImmediate();
    for (const { place } of world.entered.slice(0, count)) {
      place.slowDown(retryAfterMs);
      place.leave();
    }
    for (let i = 20; i < 60; i++) world.ask(`${i}`);
    await setImmediate();
    return { ...world, started: () => world.entered.length - 20 };
  }

  it("has as many there as the vendor has kept, without a pause", async () => {
    const { entered, started } = await complained({ count: 14 });
    expect(started()).toBe(0);
    for (const { place } of entered.slice(14, 17)) place.leave();
    await setImmediate();
    expect(started()).toBe(3);
  });

  it("pauses where it has kept none, longer each time, and goes on with one", async () => {
    const { clock, entered, started } = await complained({});
    await clock.advance(999);
    expect(started()).toBe(0);
    await clock.advance(1);
    expect(started()).toBe(1);
    entered.at(-1)?.place.slowDown();
    entered.at(-1)?.place.leave();
    await clock.advance(1_999);
    expect(started()).toBe(1);
    await clock.advance(1);
    expect(started()).toBe(2);
    entered.at(-1)?.place.leave();
    await setImmediate();
    expect(started()).toBe(3);
  });

  it("begins nothing before the vendor's own time is over", async () => {
    const { clock, started } = await complained({ count: 5, retryAfterMs: 7_000 });
    await clock.advance(6_999);
    expect(started()).toBe(0);
    await clock.advance(1);
    expect(started()).toBeGreaterThan(0);
  });

  it("keeps nobody waiting in silence for longer than a minute", async () => {
    const { clock, started } = await complained({ retryAfterMs: 3_600_000 });
    await clock.advance(60_000);
    expect(started()).toBe(20);
  });

  it("tries one more from time to time, without anybody leaving, to all within a minute", async () => {
    const { clock, started } = await complained({});
    const after: number[] = [];
    for (const ms of [4_999, 1, 2_000, 2_000, 32_000]) {
      await clock.advance(ms);
      after.push(started());
    }
    expect(after).toEqual([1, 2, 3, 4, 20]);
    expect(clock.sleepers).toBe(0);
  });

  it("waits twice as long after a trial that was refused, and not after one that was taken", async () => {
    const { clock, entered, started } = await complained({});
    await clock.advance(5_000);
    const refuse = () => {
      const { place } = entered.at(-1) ?? {};
      place?.slowDown();
      place?.leave();
    };
    refuse();
    await clock.advance(9_999);
    expect(started()).toBe(2);
    await clock.advance(1);
    expect(started()).toBe(3);
    await clock.advance(2_000);
    expect(started()).toBe(4);
    refuse();
    await clock.advance(5_000);
    expect(started()).toBe(5);
  });

  it("says how long it has taken nothing, and whether it takes others", async () => {
    const { clock, entered } = await complained({ count: 19 });
    const [first] = entered;
    expect(first?.place.refusal).toEqual({ forMs: 0, isPassing: true });
    const last = entered[19]?.place;
    last?.slowDown();
    last?.leave();
    await clock.advance(1_000);
    const next = entered.at(-1)?.place;
    expect(next?.refusal).toBeUndefined();
    next?.slowDown();
    expect(next?.refusal).toEqual({ forMs: 1_000, isPassing: false });
    next?.leave();
    await clock.advance(2_000);
    entered.at(-1)?.place.leave();
    await setImmediate();
    const after = entered.at(-1)?.place;
    after?.slowDown();
    expect(after?.refusal).toEqual({ forMs: 0, isPassing: true });
  });

  it("halves the starts of a second too, and never stops altogether", async () => {
    const { clock, ask, entered } = watched({
      key: "a",
      limit: "a",
      maxConcurrency: 1,
      maxStartsPerSecond: 2,
    });
    ask("1");
    await setImmediate();
    entered[0]?.place.slowDown();
    entered[0]?.place.leave();
    for (let i = 1; i < 4; i++) {
      ask("x");
      await clock.advance(1_080);
      entered[i]?.place.leave();
    }
    expect(entered.map(({ atMs }) => atMs)).toEqual([0, 1_080, 2_160, 3_240]);
  });
});
