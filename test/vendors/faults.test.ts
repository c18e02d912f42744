import { describe, expect, it } from "vitest";
import { pcm, SAMPLES } from "./hand/audio.ts";
import { fetchToken, sendFile } from "./hand/feishu.ts";
import { send } from "./hand/http.ts";
import { openFeishu, openOtherOrigin, openStepfun, openTencent } from "./hand/open-doubles.ts";
import { eventsOf, sendAsr } from "./hand/stepfun.ts";
import { sendFlash, sendSlice, VOICE } from "./hand/tencent.ts";
import {
  emptyAnswer,
  gatewayPage,
  notJson,
  platformRateLimit,
  redirectTo,
  tooManyRequests,
} from "./server/common-faults.ts";
import type { Fault } from "./server/faults.ts";

const WAV = SAMPLES.wav;
const BIG = Buffer.concat([WAV, Buffer.alloc(4_000_000)]);

async function flashWith(fault: Fault) {
  const vendor = await openTencent({ faults: [{ at: 0, fault }] });
  return { vendor, answer: sendFlash(vendor, WAV) };
}

describe("A connection that breaks", () => {
  it("in the request's body", async () => {
    const vendor = await openTencent({
      faults: [{ at: 0, fault: { kind: "cut-request", afterBytes: 100_000 } }],
    });
    await expect(sendFlash(vendor, BIG)).rejects.toThrow();
    expect(vendor.requests[0]).toMatchObject({ outcome: "cut", faults: ["cut-request"] });
    expect(vendor.requests[0]?.bodySizeBytes).toBeGreaterThanOrEqual(100_000);
    expect(vendor.requests[0]?.bodySizeBytes).toBeLessThan(BIG.length);
    expect((await sendFlash(vendor, BIG)).json.code).toBe(0);
    expect(vendor.violations).toEqual([]);
  });

  it("before the answer, with the work done or not", async () => {
    const heard: number[] = [];
    const vendor = await openTencent({
      recognise: (audio) => {
        heard.push(audio.request.index);
        return [];
      },
      faults: [
        { at: 0, fault: { kind: "cut-before-answer" } },
        { at: 1, fault: { kind: "cut-before-answer", processed: false } },
      ],
    });
    await expect(sendFlash(vendor, WAV)).rejects.toThrow();
    await expect(sendFlash(vendor, WAV)).rejects.toThrow();
    expect(heard).toEqual([0]);
    expect(vendor.requests.map((record) => record.outcome)).toEqual(["cut", "cut"]);
  });

  it("in the middle of the answer", async () => {
    const { vendor, answer } = await flashWith({ kind: "cut-answer", afterBytes: 20 });
    await expect(answer).rejects.toThrow();
    expect(vendor.requests[0]).toMatchObject({ outcome: "cut", status: 200 });
  });

  it("from the client's side", async () => {
    const gate = Promise.withResolvers<void>();
    const vendor = await openTencent({
      faults: [{ at: 0, fault: { kind: "hold-answer", until: gate.promise } }],
    });
    const controller = new AbortController();
    const left = fetch(`${vendor.origin}/server_time`, { signal: controller.signal });
    await vendor.waitFor((record) => record.status === 200);
    controller.abort();
    await expect(left).rejects.toThrow();
    const record = await vendor.waitFor((known) => known.outcome !== "open");
    expect(record.outcome).toBe("client-left");
  });
});

describe("An answer that is late", () => {
  it("waits at a gate before the request is judged", async () => {
    const gate = Promise.withResolvers<void>();
    const vendor = await openTencent({
      faults: [{ at: 0, fault: { kind: "hold-request", until: gate.promise } }],
    });
    const answer = sendFlash(vendor, WAV);
    await vendor.waitFor((record) => record.outcome === "open");
    expect(vendor.requests[0]).not.toHaveProperty("audio");
    gate.resolve();
    expect((await answer).json.code).toBe(0);
  });

  it("gives its first bytes before the gate opens", async () => {
    const gate = Promise.withResolvers<void>();
    const vendor = await openTencent({
      clock: () => 1_700_000_000_000,
      faults: [{ at: 0, fault: { kind: "hold-answer", until: gate.promise, afterBytes: 4 } }],
    });
    const response = await fetch(`${vendor.origin}/server_time`);
    const pieces = response.body?.pipeThrough(new TextDecoderStream())[Symbol.asyncIterator]();
    expect(await pieces?.next()).toMatchObject({ value: "1700" });
    expect(vendor.requests[0]?.outcome).toBe("open");
    gate.resolve();
    expect(await pieces?.next()).toMatchObject({ value: "000000" });
  });

  it("gives its first events before the gate opens", async () => {
    const gate = Promise.withResolvers<void>();
    const vendor = await openStepfun({
      faults: [{ at: 0, fault: { kind: "hold-answer", until: gate.promise, afterEvents: 1 } }],
    });
    const watched: number[] = [];
    const watch = (soFar: string) => {
      watched.push(soFar.split("\n\n").length - 1);
      gate.resolve();
    };
    expect(eventsOf(await sendAsr(vendor, pcm(400), { watch }))).toHaveLength(4);
    expect(watched[0]).toBe(1);
  });
});

describe("An answer of no vendor's making", () => {
  it.each([
    ["429 with Retry-After", tooManyRequests(7), 429, "Too Many Requests"],
    ["503 with a page", gatewayPage(), 503, "<h1>Service Unavailable</h1>"],
    ["502 with a page", gatewayPage(502), 502, "<title>502</title>"],
    ["nothing", emptyAnswer(), 200, ""],
    ["a captive portal", notJson(), 200, "<html>captive portal</html>"],
  ])("%s", async (_name, fault, status, text) => {
    const { vendor, answer } = await flashWith(fault);
    expect(await answer).toMatchObject({ status, text: expect.stringContaining(text) });
    expect(vendor.requests[0]?.status).toBe(status);
    expect(vendor.violations).toEqual([]);
  });

  it("carries the headers of the plan", async () => {
    const { answer } = await flashWith(tooManyRequests(7));
    expect((await answer).headers["retry-after"]).toBe("7");
  });

  it("may come before the body has been read", async () => {
    const fault = { ...tooManyRequests(1), afterBodyBytes: 1 } as const;
    const vendor = await openTencent({ faults: [{ at: 0, fault }] });
    expect((await sendFlash(vendor, BIG)).status).toBe(429);
    expect(vendor.requests[0]?.bodySizeBytes).toBeLessThan(BIG.length);
  });

  it("may be huge", async () => {
    const { answer } = await flashWith({ kind: "huge-answer", sizeBytes: 20_000_000 });
    expect((await answer).bytes.length).toBeGreaterThan(20_000_000);
    expect((await answer).json.code).toBe(0);
  });

  it("may lead elsewhere, where credentials are noticed", async () => {
    const other = await openOtherOrigin();
    const { answer } = await flashWith(redirectTo(`${other.origin}/asr`));
    expect(await answer).toMatchObject({
      status: 302,
      headers: { location: `${other.origin}/asr` },
    });
    expect(other.requests).toEqual([]);
    await send(`${other.origin}/asr?secretid=a`, {
      headers: { authorization: "b" },
      body: '{"app_secret":"c"}',
    });
    expect(other.credentialsSeen).toEqual(["authorization", "secretid", "app_secret"]);
  });
});

describe("A plan", () => {
  it("names requests by index, by look, or by function", async () => {
    const vendor = await openTencent({
      faults: [
        { at: 1, fault: { kind: "code", code: 5001 } },
        {
          at: (request) => request.parameters.engine_type === "16k_en",
          fault: { kind: "code", code: 5003, message: "later" },
          times: 1,
        },
      ],
    });
    const codes = [];
    for (const engine of ["16k_zh", "16k_zh", "16k_en", "16k_en"]) {
      codes.push((await sendFlash(vendor, WAV, { engine_type: engine })).json.code);
    }
    expect(codes).toEqual([0, 5001, 5003, 0]);
    const byFunction = await openTencent({
      faults: (request) => (request.indexOnPath < 2 ? { kind: "code", code: 4006 } : undefined),
    });
    const again = [];
    for (let turn = 0; turn < 3; turn += 1) again.push((await sendFlash(byFunction, WAV)).json);
    expect(again.map((answer) => answer.code)).toEqual([4006, 4006, 0]);
  });

  it("does not hide a broken rule", async () => {
    const vendor = await openTencent({ faults: () => ({ kind: "code", code: 5001 }) });
    expect((await sendFlash(vendor, WAV, { word_info: "9" })).json.code).toBe(4001);
    expect(vendor.violations).toHaveLength(1);
  });

  it.each([4001, 4003, 4004, 4005, 4008, 4009, 4010, 5001, 5002, 5003])(
    "answers Tencent's %i",
    async (code) => {
      const { answer } = await flashWith({ kind: "code", code });
      expect(await answer).toMatchObject({ status: 200, json: { code } });
    },
  );

  it.each([
    [99991400, 400],
    [99991403, 400],
    [99991664, 400],
    [1040102, 500],
  ])("answers Feishu's %i with HTTP %i", async (code, status) => {
    const vendor = await openFeishu({ faults: [{ at: 1, fault: { kind: "code", code } }] });
    const token = await fetchToken(vendor);
    expect(await sendFile(vendor, pcm(100), { token })).toMatchObject({ status, json: { code } });
  });

  it.each([429, 400] as const)("limits Feishu's rate by HTTP %i", async (status) => {
    const vendor = await openFeishu({ faults: [{ at: 1, fault: platformRateLimit(9, status) }] });
    const token = await fetchToken(vendor);
    expect(await sendFile(vendor, pcm(100), { token })).toMatchObject({
      status,
      headers: { "x-ogw-ratelimit-limit": "20", "x-ogw-ratelimit-reset": "9" },
      json: { code: 99991400, error: { log_id: expect.any(String) } },
    });
    expect(vendor.violations).toEqual([]);
  });

  it("echoes another voice, or another slice", async () => {
    const fields = { voice_id: "another_voice___", seq: 7 };
    const vendor = await openTencent({
      faults: [{ at: 0, fault: { kind: "merge-answer", fields } }],
    });
    expect((await sendSlice(vendor, pcm(200))).json).toMatchObject({ ...fields, code: 0 });
    const next = await sendSlice(vendor, pcm(200), { seq: "1" });
    expect(next.json).toMatchObject({ voice_id: VOICE, seq: 1 });
  });

  it("sets the vendor's clock from one request on", async () => {
    const vendor = await openTencent({
      faults: [{ at: 1, fault: { kind: "clock-skew", skewMs: 3_600_000 } }],
    });
    const codes = [];
    for (let turn = 0; turn < 3; turn += 1) codes.push((await sendFlash(vendor, WAV)).json.code);
    expect(codes).toEqual([0, 4002, 4002]);
    vendor.clock.skewMs = 0;
    expect((await sendFlash(vendor, WAV)).json.code).toBe(0);
  });
});

describe("The record", () => {
  it("counts how many were open at once and in a sliding window", async () => {
    const gate = Promise.withResolvers<void>();
    const vendor = await openTencent({
      faults: () => ({ kind: "hold-answer", until: gate.promise }),
    });
    const all = [0, 1, 2].map(() => sendFlash(vendor, WAV));
    await vendor.waitFor((record) => record.index === 2);
    gate.resolve();
    await Promise.all(all);
    await sendFlash(vendor, WAV);
    expect(vendor.maxConcurrency()).toBe(3);
    expect(vendor.maxConcurrency((record) => record.index > 1)).toBe(1);
    expect(vendor.maxInWindow(60_000)).toBe(4);
    expect(vendor.requests.map((record) => record.indexOnPath)).toEqual([0, 1, 2, 3]);
  });
});
