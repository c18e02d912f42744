import { expect, it } from "vitest";
import { startWatchdog } from "../../src/http/watchdog.ts";
import { FakeClock } from "./fake-clock.ts";

function watch() {
  const clock = new FakeClock();
  const expired: { atMs: number; limitMs: number }[] = [];
  const watchdog = startWatchdog(clock, (limitMs) =>
    expired.push({ atMs: clock.elapsedMs, limitMs }),
  );
  return { clock, expired, watchdog };
}

it("expires exactly when nothing came for the limit", async () => {
  const { clock, expired, watchdog } = watch();
  watchdog.arm(100);
  await clock.advance(60);
  watchdog.arm(100);
  await clock.advance(99);
  expect(expired).toEqual([]);
  await clock.advance(1);
  expect(expired).toEqual([{ atMs: 160, limitMs: 100 }]);
});

it("takes a shorter limit at once", async () => {
  const { clock, expired, watchdog } = watch();
  watchdog.arm(600_000);
  await clock.advance(10);
  watchdog.arm(50);
  await clock.advance(1_000);
  expect(expired).toEqual([{ atMs: 60, limitMs: 50 }]);
});

it("does not run while it is disarmed, and runs again after that", async () => {
  const { clock, expired, watchdog } = watch();
  watchdog.arm(100);
  watchdog.disarm();
  await clock.advance(1_000);
  expect(expired).toEqual([]);
  watchdog.arm(100);
  await clock.advance(100);
  expect(expired).toEqual([{ atMs: 1_100, limitMs: 100 }]);
});

it("leaves no timer behind, however often it was armed", async () => {
  const { clock, expired, watchdog } = watch();
  for (let i = 0; i < 1_000; i++) watchdog.arm(100 + i);
  expect(clock.sleepers).toBe(1);
  watchdog.stop();
  watchdog.arm(5);
  expect(clock.sleepers).toBe(0);
  await clock.advance(10_000);
  expect(expired).toEqual([]);
});
