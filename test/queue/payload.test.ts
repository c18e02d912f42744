import { describe, expect, it } from "vitest";
import { PLAIN_SETTINGS } from "../../src/providers/contract.ts";
import { jobId } from "../../src/queue/job-id.ts";
import { NewerJobError, type Payload, readPayload } from "../../src/queue/payload.ts";

const PAYLOAD: Payload = {
  schemaVersion: 1,
  name: "calls/a.wav",
  provider: "tencent-flash",
  settings: { ...PLAIN_SETTINGS, hotwords: [{ text: "asr", weight: 3 }], live: false },
  wishes: { channels: "mix", split: "silence", skipSilence: false, speakers: false },
  strict: false,
  input: { kind: "path", path: "/mnt/a.wav", sizeBytes: 300_000, modifiedMs: 1.5 },
};

describe("a job's payload", () => {
  it("is read as it was written", () => {
    expect(readPayload(JSON.parse(JSON.stringify(PAYLOAD)))).toEqual(PAYLOAD);
  });

  it("of a newer asr is for a newer worker, whatever else is in it", () => {
    expect(() => readPayload({ schemaVersion: 2, sounds: "odd" })).toThrow(NewerJobError);
  });

  it.each([
    ["no object", 7],
    ["an unknown field", { ...PAYLOAD, baseUrl: "https://elsewhere.example" }],
    ["an unknown setting", { ...PAYLOAD, settings: { ...PAYLOAD.settings, secretKey: "x" } }],
    ["a live input", { ...PAYLOAD, settings: { ...PAYLOAD.settings, live: true } }],
    ["an input of another kind", { ...PAYLOAD, input: { kind: "url", url: "file:///etc/passwd" } }],
    ["a negative size", { ...PAYLOAD, input: { kind: "inline", sizeBytes: -1 } }],
  ])("with %s is refused", (_, data) => {
    expect(() => readPayload(data)).toThrow(/a job on the queue can't be read/);
  });
});

describe("the name of a job", () => {
  const place = { path: "/mnt/a.wav", sizeBytes: 300_000, modifiedMs: 1.5 };
  const whole = { ...place, payload: PAYLOAD, result: "/out/a" };

  it("is the same for the same work, however its settings are ordered", () => {
    const { language, ...rest } = PAYLOAD.settings;
    const reordered = { ...PAYLOAD, settings: { ...rest, language } };
    expect(jobId({ ...whole, payload: reordered })).toBe(jobId(whole));
    expect(jobId(whole)).toMatch(/^j[0-9a-f]{64}$/);
  });

  it.each([
    { path: "/mnt/b.wav" },
    { sizeBytes: 1 },
    { modifiedMs: 2 },
    { result: "/other/a" },
    { run: "0a" },
    { payload: { ...PAYLOAD, strict: true } },
    { payload: { ...PAYLOAD, provider: "stepfun" } },
    { payload: { ...PAYLOAD, settings: { ...PAYLOAD.settings, words: true } } },
  ])("is another one with %j", (change) => {
    expect(jobId({ ...whole, ...change })).not.toBe(jobId(whole));
  });
});
