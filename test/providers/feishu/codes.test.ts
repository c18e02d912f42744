import { describe, expect, it } from "vitest";
import { AsrError } from "../../../src/errors.ts";
import { CODES } from "../../../src/providers/feishu/codes.ts";
import { feishuFile, feishuStream, larkFile } from "../../../src/providers/feishu/index.ts";
import { pcm } from "../../vendors/hand/audio.ts";
import { gatewayPage, notJson, tooManyRequests } from "../../vendors/server/common-faults.ts";
import type { Fault } from "../../vendors/server/faults.ts";
import { collect, failureOf, openWorld, pcmInput, requestOf } from "../vendor-world.ts";
import { accountOf, open, speechOf, tokenCallsOf } from "./open.ts";

/** Tries of one request: the first and `--retries`. */
const ALL_TRIES = 4;

interface Row {
  readonly code: number;
  readonly kind: string;
  readonly exitCode: number;
  readonly tries: number;
  readonly stopsBatch?: boolean;
}

/** The table at the end of FACTS.md; 2 tries after a bad token: once more with a new one. */
const SPEECH_ROWS: readonly Row[] = [
  { code: 1040101, kind: "recognition", exitCode: 7, tries: 1 },
  { code: 1610101, kind: "recognition", exitCode: 7, tries: 1 },
  { code: 1040102, kind: "network", exitCode: 6, tries: ALL_TRIES },
  { code: 1610102, kind: "network", exitCode: 6, tries: ALL_TRIES },
  { code: 99991661, kind: "credentials", exitCode: 4, tries: 1, stopsBatch: true },
  { code: 99991663, kind: "credentials", exitCode: 4, tries: 2, stopsBatch: true },
  { code: 99991664, kind: "credentials", exitCode: 4, tries: 2, stopsBatch: true },
  { code: 99991668, kind: "credentials", exitCode: 4, tries: 2, stopsBatch: true },
  { code: 99991671, kind: "credentials", exitCode: 4, tries: 2, stopsBatch: true },
  { code: 99991672, kind: "credentials", exitCode: 4, tries: 1, stopsBatch: true },
  { code: 99991400, kind: "quota", exitCode: 5, tries: ALL_TRIES },
  { code: 99991403, kind: "quota", exitCode: 5, tries: 1, stopsBatch: true },
];

const TOKEN_ROWS: readonly Row[] = [
  { code: 10003, kind: "credentials", exitCode: 4, tries: 1, stopsBatch: true },
  { code: 10014, kind: "credentials", exitCode: 4, tries: 1, stopsBatch: true },
];

async function failedWith(
  fault: Fault,
  path: RegExp,
  provider: typeof feishuFile = feishuFile,
): Promise<{ error: AsrError; tries: number; tokenCalls: number }> {
  const { vendor, world } = await open({
    faults: [{ at: (request) => path.test(request.path), fault }],
  });
  const input = requestOf(pcmInput(pcm(300)));
  const error = await failureOf(collect(provider.recognize(input, world)));
  if (!(error instanceof AsrError)) throw error;
  const tries = vendor.requests.filter((request) => path.test(request.path)).length;
  return { error, tries, tokenCalls: tokenCallsOf(vendor).length };
}

function expectRow({ error, tries }: { error: AsrError; tries: number }, row: Row): void {
  expect({
    kind: error.kind,
    exitCode: error.exitCode,
    vendorCode: error.details.vendorCode,
    stopsBatch: error.details.stopsBatch,
    retryable: error.retryable,
    tries,
  }).toEqual({
    kind: row.kind,
    exitCode: row.exitCode,
    vendorCode: row.code,
    stopsBatch: row.stopsBatch ?? false,
    retryable: row.tries === ALL_TRIES,
    tries: row.tries,
  });
  expect(error.details.hint).toMatch(/\w/);
  expect(error.details.requestId).toMatch(/^20240103\d+$/);
  expect(error.details.reason).toContain(`log_id=${error.details.requestId}`);
}

describe("error codes", () => {
  it("are all in these tables", () => {
    const rows = [...SPEECH_ROWS, ...TOKEN_ROWS].map((row) => row.code);
    expect(new Set(rows)).toEqual(new Set(Object.keys(CODES).map(Number)));
  });

  it.each(SPEECH_ROWS)("$code of file_recognize: $kind, $tries tries", async (row) => {
    expectRow(await failedWith({ kind: "code", code: row.code }, /file_recognize$/), row);
  });

  it.each(SPEECH_ROWS)("$code of stream_recognize: $kind, $tries tries", async (row) => {
    const fault = { kind: "code", code: row.code } as const;
    expectRow(await failedWith(fault, /stream_recognize$/, feishuStream), row);
  });

  it.each(TOKEN_ROWS)("$code of the token call: $kind, $tries tries", async (row) => {
    expectRow(await failedWith({ kind: "code", code: row.code }, /tenant_access_token/), row);
  });
});

describe("answers of somebody else", () => {
  it.each<[string, Fault, string, number, number]>([
    ["HTTP 429 without a code", tooManyRequests(1), "quota", 5, ALL_TRIES],
    ["a gateway's page", gatewayPage(), "network", 6, ALL_TRIES],
    ["a login page", notJson(), "network", 6, 1],
    ["JSON without a code", { kind: "replace-answer", body: "{}" }, "network", 6, 2],
    ["a code that nobody documents", { kind: "code", code: 77 }, "recognition", 7, 1],
    [
      "the answer to another packet",
      { kind: "merge-answer", fields: { data: { sequence_id: 9 } } },
      "network",
      6,
      2,
    ],
    [
      "the answer to another stream",
      { kind: "merge-answer", fields: { data: { stream_id: "another_stream__" } } },
      "network",
      6,
      2,
    ],
  ])("%s", async (_, fault, kind, exitCode, tries) => {
    const failed = await failedWith(fault, /stream_recognize$/, feishuStream);
    expect({ kind: failed.error.kind, exitCode: failed.error.exitCode }).toEqual({
      kind,
      exitCode,
    });
    expect(failed.tries).toBeGreaterThanOrEqual(tries);
    expect(failed.error.details.hint).toMatch(/\w/);
  });

  it("are a wrong address where the path is not known", async () => {
    const { vendor, world } = await open();
    const account = accountOf(vendor, { baseUrl: `${vendor.origin}/wrong` });
    const input = requestOf(pcmInput(pcm(100)));
    const other = openWorld({ account, clock: world.clock });
    expect(await failureOf(collect(feishuFile.recognize(input, other)))).toMatchObject({
      kind: "usage",
      exitCode: 2,
      details: { hint: expect.stringContaining("baseUrl") },
    });
  });
});

describe("what users meet most", () => {
  const job = async (options: Parameters<typeof open>[0]) => {
    const opened = await open(options);
    const input = requestOf(pcmInput(pcm(100)));
    const error = await failureOf(collect(feishuFile.recognize(input, opened.world)));
    return { ...opened, error };
  };

  it("a missing permission names the scope and the developer console", async () => {
    const { error } = await job({ scopes: [] });
    expect(error).toMatchObject({
      message: expect.stringContaining("speech_to_text:speech"),
      details: { hint: expect.stringContaining("https://open.feishu.cn/app") },
    });
  });

  it("a missing permission of a Lark app names Lark's console", async () => {
    const { world } = await open({ scopes: [], site: "lark" });
    const input = requestOf(pcmInput(pcm(100)));
    expect(await failureOf(collect(larkFile.recognize(input, world)))).toMatchObject({
      details: { hint: expect.stringContaining("https://open.larksuite.com/app") },
    });
  });

  it("the free plan is tried again as the vendor asks, then named as a possible reason", async () => {
    const { error, vendor, clock } = await job({ plan: "free" });
    expect(error).toMatchObject({
      kind: "quota",
      message: expect.stringContaining("plan does not include speech recognition"),
      details: {
        vendorCode: 99991400,
        retryAfterMs: 1000,
        // What to do in the developer console, too.
        hint: expect.stringMatching(/free.*open\.feishu\.cn\/app/),
      },
    });
    expect(speechOf(vendor)).toHaveLength(ALL_TRIES);
    expect(clock.napsMs.filter((ms) => ms >= 1000).length).toBeGreaterThanOrEqual(3);
  });

  it("the monthly quota stops the batch at once", async () => {
    const { error, vendor } = await job({ monthlyQuota: 0 });
    expect(error).toMatchObject({ kind: "quota", details: { stopsBatch: true } });
    expect(speechOf(vendor)).toHaveLength(1);
  });

  it("a wrong secret is told from a wrong app, and shown nowhere", async () => {
    const { vendor, world } = await open();
    const credentials = { appId: vendor.app.appId, appSecret: "hunter2-hunter2" };
    const other = openWorld({ account: accountOf(vendor, { credentials }), clock: world.clock });
    const input = requestOf(pcmInput(pcm(100)));
    const error = await failureOf(collect(feishuFile.recognize(input, other)));
    expect(error).toMatchObject({
      details: { vendorCode: 10014, hint: expect.stringContaining("FEISHU_APP_SECRET") },
    });
    expect(JSON.stringify([error, String(error), other.logged])).not.toContain("hunter2");
  });

  it("no secret shows, even where the vendor repeats it", async () => {
    const { vendor, world } = await open({
      faults: [
        {
          at: ({ path }) => path.endsWith("file_recognize"),
          fault: { kind: "code", code: 1040101, message: "t-double000000000000000000000000" },
        },
      ],
    });
    const input = requestOf(pcmInput(pcm(100)));
    const error = await failureOf(collect(feishuFile.recognize(input, world)));
    expect(vendor.tokens[0]).toBe("t-double000000000000000000000000");
    expect(String(error)).toContain("***");
    for (const secret of [...vendor.tokens, vendor.app.appSecret]) {
      expect(JSON.stringify([error, String(error), world.logged])).not.toContain(secret);
    }
  });
});
