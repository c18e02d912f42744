import { setImmediate } from "node:timers/promises";
import fc from "fast-check";
import { expect } from "vitest";
import type { LimitCommands } from "../../../src/queue/limits/commands.ts";
import { callsChannel, limitKeys } from "../../../src/queue/limits/model.ts";
import { share } from "../../share.ts";
import { itWith } from "../../tools.ts";
import { AccountModel } from "./account-model.ts";
import { atSetTime } from "./at-set-time.ts";

/** One that reads as a number, as one in seven hundred does. */
const WORKERS = ["a", "b", "0000000000000012"] as const;
const KEYS = limitKeys("acme/default", "acme-file");
const EPOCH_MS = Date.UTC(2026, 0, 1);

const step = fc.record({
  act: fc.constantFrom(
    ...["enter", "enter", "enter", "enter again", "started", "leave", "leave"],
    ...["exchange", "exchange", "refuse", "beat", "stop waiting", "leak", "die"],
  ),
  worker: fc.constantFrom(...WORKERS),
  index: fc.nat(1000),
  wanted: fc.integer({ min: 1, max: 3 }),
  // Clocks are set back, and servers are down for a while.
  passesMs: fc.oneof(
    { weight: 20, arbitrary: fc.integer({ min: 0, max: 300 }) },
    { weight: 6, arbitrary: fc.integer({ min: 0, max: 3_000 }) },
    { weight: 2, arbitrary: fc.integer({ min: 3_000, max: 30_000 }) },
    { weight: 1, arbitrary: fc.integer({ min: -50_000, max: -1 }) },
  ),
});

const run = fc.record({
  maxConcurrency: fc.integer({ min: 1, max: 6 }),
  maxStartsPerSecond: fc.option(fc.integer({ min: 1, max: 7 }), { nil: undefined }),
  steps: fc.array(step, { maxLength: 150, size: "max" }),
});

type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** Both worlds, and the workers as they see themselves. */
class Play {
  readonly model = new AccountModel();
  readonly commands: ReadonlyMap<string, LimitCommands>;
  readonly held = new Map<string, string[]>(WORKERS.map((name) => [name, []]));
  readonly refusals = new Map<string, number>();
  nowMs = EPOCH_MS;
  #number = 0;

  constructor(commandsOf: (worker: string) => LimitCommands) {
    this.commands = new Map(WORKERS.map((name) => [name, commandsOf(name)]));
  }

  async take({ act, worker, index, wanted }: Step, limits: LimitsOfRun): Promise<void> {
    const { model, nowMs } = this;
    const commands = this.commands.get(worker);
    const own = this.held.get(worker);
    if (commands === undefined || own === undefined) throw new Error("no such worker");
    const place = own[index % Math.max(1, own.length)];
    const wish = { ...limits, wanted };
    if (act === "enter" || act === "enter again") {
      const repeated = act === "enter again" ? place : undefined;
      const asked = repeated ?? `${worker}/${this.#number++}`;
      const entry = await commands.enter(asked, wish);
      expect(entry).toEqual(model.enter(worker, asked, wish, nowMs));
      if (entry.granted && repeated === undefined) {
        own.push(asked);
        expect(model.places.size).toBeLessThanOrEqual(limits.maxConcurrency);
      }
    } else if (act === "beat" || act === "stop waiting") {
      const turn = await commands.beat(act === "beat", own, []);
      expect(turn).toBe(model.beat(worker, act === "beat", own, nowMs));
    } else if (place === undefined) return;
    else if (act === "started") {
      expect(await commands.started(place)).toBe(model.started(worker, place, nowMs));
    } else if (act === "refuse") {
      const askedMs = index % 4 === 0 ? index * 10 : 0;
      const count = (this.refusals.get(place) ?? 0) + 1;
      this.refusals.set(place, count);
      const known = model.places.has(place);
      const entry = await commands.refuse(place, count, askedMs);
      expect(entry).toEqual(model.refuse(worker, place, askedMs, nowMs));
      // Sent twice it says the same, and changes nothing.
      if (known) expect(await commands.refuse(place, count, askedMs)).toEqual(entry);
    } else if (act === "exchange") {
      const asked = `${worker}/${this.#number++}`;
      const entry = await commands.enter(asked, wish, place);
      expect(entry).toEqual(model.enter(worker, asked, wish, nowMs, place));
      own.splice(own.indexOf(place), 1);
      if (entry.granted) own.push(asked);
    } else if (act === "leave") {
      expect(await commands.leave(place)).toBe(model.leave(worker, place, nowMs));
      await commands.leave(place);
      own.splice(own.indexOf(place), 1);
    } else if (act === "leak") own.splice(own.indexOf(place), 1);
    else own.splice(0);
  }
}

type LimitsOfRun = { readonly maxConcurrency: number; readonly maxStartsPerSecond?: number };

itWith(
  "redis-server",
  "the scripts say what the rules say, whatever happens and when",
  async () => {
    const { redis, another, commandsOf } = await atSetTime();
    const ear = another();
    const heard: [string, number][] = [];
    await ear.subscribe(...WORKERS.map(callsChannel));
    ear.on("message", (channel: string, message: string) => {
      const [key, waitMs] = message.split(" ");
      expect(key).toBe(KEYS[0]);
      heard.push([channel.slice(callsChannel("").length), Number(waitMs)]);
    });
    await fc.assert(
      fc.asyncProperty(run, async ({ steps, maxConcurrency, maxStartsPerSecond }) => {
        await redis.flushall();
        heard.length = 0;
        const limits = {
          maxConcurrency,
          ...(maxStartsPerSecond === undefined ? {} : { maxStartsPerSecond }),
        };
        const play = new Play((worker) => commandsOf(KEYS, worker));
        for (const each of steps) {
          play.nowMs += each.passesMs;
          await redis.set("now", play.nowMs);
          await play.take(each, limits);
          expect((await redis.hkeys(KEYS[1] ?? "")).toSorted()).toEqual(
            [...play.model.places.keys()].toSorted(),
          );
        }
        // What was published before is heard before the answer.
        await ear.ping();
        await setImmediate();
        expect(heard).toEqual(play.model.calls);
      }),
      { numRuns: share(60, 5_000) },
    );
  },
);
