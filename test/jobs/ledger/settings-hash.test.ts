import { expect, it } from "vitest";
import { settingsHash } from "../../../src/jobs/ledger/settings-hash.ts";
import { SETTINGS, WISHES } from "../fake-provider.ts";

const BASE = { provider: "fake", settings: SETTINGS, wishes: WISHES };
const HASH = settingsHash(BASE);

it("does not ask in which order settings were given", () => {
  const one = { ...BASE, settings: { ...SETTINGS, parameters: { a: 1, b: 2 } } };
  const other = { ...BASE, settings: { ...SETTINGS, parameters: { b: 2, a: 1 } } };
  expect(settingsHash(one)).toBe(settingsHash(other));
  expect(settingsHash(one)).not.toBe(HASH);
});

it.each([
  { provider: "other" },
  { settings: { ...SETTINGS, language: "zh" } },
  { settings: { ...SETTINGS, model: "large" } },
  { settings: { ...SETTINGS, hotwords: [{ text: "asr" }] } },
  { settings: { ...SETTINGS, uncheckedParameters: { x: "1" } } },
  { wishes: { ...WISHES, channels: "all" as const } },
  { wishes: { ...WISHES, segmentMs: 30_000 } },
  { raw: { sampleRate: 8000, encoding: "alaw" as const, channels: 1 } },
])("tells %j apart", (change) => {
  expect(settingsHash({ ...BASE, ...change })).not.toBe(HASH);
});
