import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { RecognitionSettings } from "../../../../src/providers/contract.ts";
import { tencentRealtime } from "../../../../src/providers/tencent/realtime/index.ts";
import { gatewayPage } from "../../../vendors/server/common-faults.ts";
import type { Fault } from "../../../vendors/server/faults.ts";
import type { RequestRecord } from "../../../vendors/server/recorder.ts";
import { startTencentDouble, type TencentDouble } from "../../../vendors/tencent/server.ts";
import { pcmInput } from "../audio.ts";
import {
  CREDENTIALS,
  contextFor,
  hastyClock,
  type Outcome,
  openDouble,
  requestOf,
  responseOf,
  run,
  segmentsOf,
  sha256,
  warningsOf,
} from "../rig.ts";

/** Before, in the middle of and after the work, each in a way that a repeat mends. */
const FAULTS: readonly Fault[] = [
  ...[100, 103, 109, 111, 118].map((code) => ({ kind: "code", code }) as const),
  ...[110, 113, 121, 123, 124, 125, 126].map((code) => ({ kind: "code", code }) as const),
  gatewayPage(503),
  { kind: "status", status: 429, body: "" },
  { kind: "cut-request", afterBytes: 0 },
  { kind: "cut-before-answer", processed: false },
  { kind: "cut-before-answer" },
  { kind: "cut-answer", afterBytes: 20 },
  { kind: "end-answer", afterBytes: 20 },
  { kind: "replace-answer", body: "" },
  { kind: "merge-answer", fields: { seq: 99 } },
  { kind: "merge-answer", fields: { voice_id: "0123456789abcdef" } },
];

/** The audio that a voice brought: each slice once. */
function audioOf(double: TencentDouble, voiceId: string | undefined): Buffer {
  const slices = new Map<string, Buffer>();
  for (const { parameters, audio, outcome } of double.requests) {
    const { voice_id: id, seq = "" } = parameters;
    if (id === voiceId && outcome === "answered") slices.set(seq, audio?.bytes ?? Buffer.alloc(0));
  }
  return Buffer.concat([...slices.values()]);
}

const expectOnce = (outcome: Outcome, plain: Outcome) => {
  expect(outcome.error).toBeUndefined();
  expect(segmentsOf(outcome)).toEqual(segmentsOf(plain));
};

describe("tencent-realtime in trouble", () => {
  it.each([100, 103, 109, 111])("sends a slice again after %i, and again", async (code) => {
    const double = await openDouble({
      keepAudio: true,
      faults: [1, 2].map((at) => ({ at, fault: { kind: "code", code } as const })),
    });
    const audio = pcmInput(3000);
    const outcome = await run(tencentRealtime, double, audio);
    expect(outcome.error).toBeUndefined();
    expect(double.voices).toHaveLength(1);
    const [, second, third, fourth] = double.requests;
    expect(third?.url).toBe(second?.url);
    expect(fourth?.headers.authorization).toBe(second?.headers.authorization);
    expect(double.violations).toEqual([]);
    expect(responseOf(outcome)?.usage).toEqual({ requests: 5, billedMs: 3000 });
    expect(warningsOf(outcome)).toEqual([]);
  });

  it("goes on where a slice had arrived", async () => {
    const double = await openDouble({ faults: [{ at: 1, fault: { kind: "cut-before-answer" } }] });
    const outcome = await run(tencentRealtime, double, pcmInput(3000));
    expect(outcome.error).toBeUndefined();
    expect(double.requests.map(({ code }) => code)).toEqual([0, undefined, 127, 0]);
    expect(double.violations).toEqual([]);
    const plain = await run(tencentRealtime, await openDouble(), pcmInput(3000));
    expect(segmentsOf(outcome).map(({ text }) => text)).toEqual(
      segmentsOf(plain).map(({ text }) => text),
    );
  });

  it.each([110, 113, 121, 123, 124, 125, 126])(
    "begins again with all audio after %i",
    async (code) => {
      const double = await openDouble({
        keepAudio: true,
        faults: [{ at: 2, fault: { kind: "code", code } }],
      });
      const audio = pcmInput(4000);
      const outcome = await run(tencentRealtime, double, audio);
      const plain = await run(tencentRealtime, await openDouble(), pcmInput(4000));
      expectOnce(outcome, plain);
      expect(double.voices.map(({ state }) => state)).toEqual(["lost", "ended"]);
      expect(sha256(audioOf(double, double.voices[1]?.voiceId))).toBe(sha256(audio.bytes));
      expect(double.violations).toEqual([]);
      expect(warningsOf(outcome)).toEqual(["possibly-billed-twice"]);
      expect(responseOf(outcome)?.usage).toMatchObject({
        // Three slices of a second under the first voice, and all of it under the second.
        billedMs: 3000 + 4000,
        possiblyBilledTwice: true,
      });
    },
  );

  it("gives up after three restarts", async () => {
    const double = await openDouble({
      faults: [
        { at: ({ parameters }) => parameters.seq === "1", fault: { kind: "code", code: 110 } },
      ],
    });
    const hasty = hastyClock();
    const waitsMs: number[] = [];
    const clock = {
      ...hasty,
      sleep: (ms: number, signal?: AbortSignal) => {
        if (ms < 5000) waitsMs.push(ms);
        return hasty.sleep(ms, signal);
      },
    };
    const { error } = await run(tencentRealtime, double, pcmInput(2000), {}, { clock });
    expect(waitsMs).toEqual([500, 1000, 2000]);
    expect(error).toMatchObject({ kind: "network", exitCode: 6 });
    expect(error?.details.reason).toMatch(/again 3 times/);
    expect(double.voices).toHaveLength(4);
  });

  it.each([
    [0, 1],
    [2, 3],
  ])("begins again no more often than --retries %i", async (maxRepeats, voiceCount) => {
    const fault = { kind: "code", code: 110 } as const;
    const double = await openDouble({
      faults: [{ at: ({ parameters }) => parameters.seq === "1", fault }],
    });
    const { error } = await run(tencentRealtime, double, pcmInput(3000), {}, { maxRepeats });
    expect(error?.details.vendorCode).toBe(110);
    expect(double.voices).toHaveLength(voiceCount);
    expect(double.requests).toHaveLength(2 * voiceCount);
  });

  it("begins again where the last answer, with the last words, is lost", async () => {
    const double = await openDouble({
      faults: [{ at: 2, fault: { kind: "cut-answer", afterBytes: 5 } }],
    });
    const outcome = await run(tencentRealtime, double, pcmInput(3000));
    const plain = await run(tencentRealtime, await openDouble(), pcmInput(3000));
    expectOnce(outcome, plain);
    expect(double.voices).toHaveLength(2);
    expect(double.violations).toEqual([]);
    expect(responseOf(outcome)?.usage).toMatchObject({
      billedMs: 6000,
      possiblyBilledTwice: true,
    });
  });

  it("pays no third time for answers that are lost", async () => {
    const fault = { kind: "cut-answer", afterBytes: 5 } as const;
    // The repeat of a last slice is told that it had arrived.
    const lost = new Set<string | undefined>();
    const isFirstLast = ({ parameters: { end, voice_id: id } }: RequestRecord) => {
      if (end !== "1" || lost.has(id)) return false;
      lost.add(id);
      return true;
    };
    const double = await openDouble({ faults: [{ at: isFirstLast, fault }] });
    const { error } = await run(tencentRealtime, double, pcmInput(3000));
    expect(error).toMatchObject({ kind: "network", exitCode: 6 });
    expect(error?.details.reason).toMatch(/again once/);
    expect(double.voices).toHaveLength(2);
  });

  it("begins again where a stable sentence is lost with an answer", async () => {
    // Slices of a second, sentences of two: the third answer makes the first one stable.
    const double = await openDouble({ faults: [{ at: 2, fault: { kind: "cut-before-answer" } }] });
    const parameters = { needvad: 1 };
    const outcome = await run(tencentRealtime, double, pcmInput(8000), { parameters });
    const plain = await run(tencentRealtime, await openDouble(), pcmInput(8000), { parameters });
    expectOnce(outcome, plain);
    expect(double.voices).toHaveLength(2);
    expect(double.violations).toEqual([]);
  });

  it("begins again where it ends in doubt about a lost answer", async () => {
    const settings = { parameters: { needvad: 1 } };
    const double = await openDouble({
      faults: [
        { at: 0, fault: { kind: "cut-before-answer" } },
        { at: 2, fault: { kind: "merge-answer", fields: { result_list: [] } } },
      ],
    });
    const outcome = await run(tencentRealtime, double, pcmInput(2000), settings);
    const plain = await run(tencentRealtime, await openDouble(), pcmInput(2000), settings);
    expectOnce(outcome, plain);
    expect(double.voices).toHaveLength(2);
  });

  it.each([{ seq: 99 }, { voice_id: "0123456789abcdef" }])(
    "asks again where an answer is for another slice: %j",
    async (fields) => {
      const double = await openDouble({
        faults: [{ at: 1, fault: { kind: "merge-answer", fields } }],
      });
      const outcome = await run(tencentRealtime, double, pcmInput(3000));
      expect(outcome.error).toBeUndefined();
      expect(double.requests.map(({ code }) => code)).toEqual([0, 0, 127, 0]);
    },
  );

  it("tells the account's limiter that there were too many", async () => {
    const double = await openDouble({ faults: [{ at: 1, fault: { kind: "code", code: 118 } }] });
    const context = contextFor(double);
    const told: string[] = [];
    const place = { slowDown: () => told.push("slower"), leave: () => told.push("left") };
    const http = { ...context.http, limiter: { enter: async () => place } };
    const input = requestOf(tencentRealtime, pcmInput(3000));
    for await (const _ of tencentRealtime.recognize(input, { ...context, http }));
    expect(told).toEqual(["slower", "left"]);
    expect(double.requests).toHaveLength(4);
  });

  it("gives up after two repeats of a slice, and after none with --retries 0", async () => {
    const plan = { faults: [{ at: () => true, fault: gatewayPage(503) }] };
    const double = await openDouble(plan);
    const { error } = await run(tencentRealtime, double, pcmInput(1000));
    expect(error).toMatchObject({ kind: "network", exitCode: 6 });
    expect(double.requests).toHaveLength(3);
    const hasty = await openDouble(plan);
    await run(tencentRealtime, hasty, pcmInput(1000), {}, { maxRepeats: 0 });
    expect(hasty.requests).toHaveLength(1);
  });

  it("never takes a duplicate for success that it did not cause", async () => {
    const double = await openDouble({ faults: [{ at: 1, fault: { kind: "code", code: 127 } }] });
    const { error } = await run(tencentRealtime, double, pcmInput(3000));
    expect(error).toMatchObject({ kind: "recognition", exitCode: 7 });
    expect(double.requests).toHaveLength(2);
  });

  it("finds a wrong clock, corrects it once, and names it", async () => {
    const double = await openDouble({ clockSkewMs: 600_000, decimalServerTime: true });
    const outcome = await run(tencentRealtime, double, pcmInput(3000));
    expect(outcome.error).toBeUndefined();
    expect(double.violations).toEqual([]);
    expect(warningsOf(outcome)).toEqual(["clock-skew"]);
    expect(responseOf(outcome)?.usage).toEqual({ requests: 4, billedMs: 3000 });
  });

  it("shows no secret, whatever the vendor repeats", async () => {
    const double = await openDouble();
    const credentials = { ...CREDENTIALS, secretKey: "wrong-secret-key" };
    const { error, logs } = await run(
      tencentRealtime,
      double,
      pcmInput(100),
      {},
      {
        account: { credentials },
      },
    );
    expect(error).toMatchObject({ kind: "credentials", exitCode: 4 });
    const { headers = {}, url = "" } = double.requests[0] ?? {};
    const told = JSON.stringify([error, error?.message, error?.details, error?.stack, logs]);
    for (const secret of [
      credentials.secretId,
      credentials.secretKey,
      headers.authorization ?? "",
      url,
    ]) {
      expect(told).not.toContain(secret);
    }
  });
});

const MODES: readonly (readonly [string, Partial<RecognitionSettings>, boolean])[] = [
  ["cumulative text of a recording", {}, true],
  ["sentences of a recording", { parameters: { needvad: 1 } }, true],
  ["sentences of audio that opens once", { parameters: { needvad: 1 } }, false],
];

describe("any two faults leave the transcript as it is without", () => {
  it.each(MODES)("%s", async (_, settings, reopenable) => {
    const audio = () => pcmInput(7000, { reopenable });
    const plain = await run(tencentRealtime, await openDouble(), audio(), settings);
    const texts = (outcome: Outcome) => segmentsOf(outcome).map(({ text }) => text);
    expect(texts(plain).length).toBeGreaterThan(1);
    const faultAt = fc.record({ at: fc.nat(20), fault: fc.constantFrom(...FAULTS) });
    const plans = fc.uniqueArray(faultAt, { minLength: 1, maxLength: 2, selector: ({ at }) => at });
    await fc.assert(
      fc.asyncProperty(plans, async (faults) => {
        const double = await startTencentDouble({ faults, keepAudio: true });
        try {
          const source = audio();
          const outcome = await run(tencentRealtime, double, source, settings);
          if (outcome.error?.details.outcomeUnknown === true) {
            // Each of the faults took an answer away for good: the audio is not paid a third time.
            expect(faults).toHaveLength(2);
            expect(double.voices).toHaveLength(2);
            return;
          }
          expect(outcome.error).toBeUndefined();
          expect(texts(outcome)).toEqual(texts(plain));
          expect(double.violations).toEqual([]);
          expect(double.voices.at(-1)?.state).toBe("ended");
          const arrived = audioOf(double, double.voices.at(-1)?.voiceId);
          expect(sha256(arrived)).toBe(sha256(source.bytes));
        } finally {
          await double.close();
        }
      }),
      { numRuns: 60 },
    );
  });
});
