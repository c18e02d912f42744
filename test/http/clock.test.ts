import { expect, it } from "vitest";
import { monotonicMs, systemClock } from "../../src/http/clock.ts";

it("wakes after the time, and at once for none", async () => {
  await systemClock.sleep(1);
  await systemClock.sleep(0);
  await systemClock.sleep(-5);
});

it("stops sleeping with the signal's own reason, however long it was to be", async () => {
  const abort = new AbortController();
  const asleep = systemClock.sleep(2 ** 40, abort.signal);
  abort.abort("enough");
  await expect(asleep).rejects.toBe("enough");
  await expect(systemClock.sleep(1, abort.signal)).rejects.toBe("enough");
});

it("measures with a time that never jumps where there is one", () => {
  expect(monotonicMs({ ...systemClock, monotonicMs: () => 7 })).toBe(7);
  expect(monotonicMs({ now: () => 5, sleep: systemClock.sleep })).toBe(5);
});
