/** The starts of workers who always want a place, as the vendor sees them. */
import fc from "fast-check";
import { expect } from "vitest";
import type { LimitCommands } from "../../../src/queue/limits/commands.ts";
import { limitKeys } from "../../../src/queue/limits/model.ts";
import { share } from "../../share.ts";
import { itWith } from "../../tools.ts";
import { atSetTime } from "./at-set-time.ts";

const WORKERS = ["a", "b", "c"];
const KEYS = limitKeys("acme/default", "acme-file");
const STEP_MS = 20;

interface Granted {
  readonly name: string;
  readonly place: string;
  /** When its connection stands. */
  readonly startsMs: number;
  readonly commands: LimitCommands;
}

/** Three seconds of it. Each request goes out some steps after it has its place. */
async function play(
  { redis, commandsOf }: Awaited<ReturnType<typeof atSetTime>>,
  maxStartsPerSecond: number,
  delaySteps: readonly number[],
) {
  await redis.flushall();
  const workers = WORKERS.map((name) => ({ name, commands: commandsOf(KEYS, name) }));
  const wish = { maxConcurrency: 100, maxStartsPerSecond, wanted: 2 };
  const granted: Granted[] = [];
  const startsMs: number[] = [];
  for (let nowMs = 0; nowMs < 3_000; nowMs += STEP_MS) {
    await redis.set("now", Date.UTC(2026) + nowMs);
    for (const one of granted.filter((each) => each.startsMs === nowMs)) {
      startsMs.push(nowMs);
      await one.commands.started(one.place);
    }
    for (const { name, commands } of workers) {
      const place = `${name}/${nowMs}`;
      if (!(await commands.enter(place, wish)).granted) continue;
      const steps = 1 + (delaySteps[granted.length % delaySteps.length] ?? 0);
      granted.push({ name, place, startsMs: nowMs + steps * STEP_MS, commands });
    }
  }
  const turns = WORKERS.map((name) => granted.filter((one) => one.name === name).length);
  return { startsMs, turns };
}

itWith("redis-server", "are never more in any second than allowed, and shared evenly", async () => {
  const world = await atSetTime();
  const delays = fc.array(fc.nat(30), { minLength: 1, maxLength: 20 });
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 12 }), delays, async (perSecond, delaySteps) => {
      const { startsMs, turns } = await play(world, perSecond, delaySteps);
      for (const fromMs of startsMs) {
        const inside = startsMs.filter((atMs) => atMs >= fromMs && atMs <= fromMs + 1_000);
        expect(inside.length).toBeLessThanOrEqual(perSecond);
      }
      expect(Math.max(...turns) - Math.min(...turns)).toBeLessThanOrEqual(1);
    }),
    { numRuns: share(15, 500) },
  );
});

itWith("redis-server", "come near the limit", async () => {
  const { startsMs } = await play(await atSetTime(), 10, [0]);
  expect(startsMs.length).toBeGreaterThanOrEqual(26);
});
