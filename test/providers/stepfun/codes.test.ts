import { describe, expect, it } from "vitest";
import { AsrError } from "../../../src/errors.ts";
import { STATUSES } from "../../../src/providers/stepfun/codes.ts";
import { pcm } from "../../vendors/hand/audio.ts";
import {
  gatewayPage,
  notJson,
  redirectTo,
  tooManyRequests,
} from "../../vendors/server/common-faults.ts";
import type { Fault } from "../../vendors/server/faults.ts";
import { failureOf, openWorld, pcmInput } from "../vendor-world.ts";
import { open, recognised } from "./open.ts";

const ALL_TRIES = 4;
/** The work may have been done and billed: sent again once at most. */
const PAID_TRIES = 2;

const ROWS = [
  { status: 400, kind: "recognition", exitCode: 7, tries: 1 },
  { status: 401, kind: "credentials", exitCode: 4, tries: 1, stopsBatch: true },
  { status: 402, kind: "quota", exitCode: 5, tries: 1, stopsBatch: true },
  { status: 404, kind: "usage", exitCode: 2, tries: 1 },
  { status: 429, kind: "quota", exitCode: 5, tries: ALL_TRIES },
  { status: 451, kind: "recognition", exitCode: 7, tries: 1 },
  { status: 500, kind: "network", exitCode: 6, tries: ALL_TRIES },
  { status: 503, kind: "network", exitCode: 6, tries: ALL_TRIES },
  { status: 504, kind: "network", exitCode: 6, tries: PAID_TRIES },
];

async function failedWith(fault: Fault): Promise<{ error: AsrError; tries: number }> {
  const opened = await open({ faults: [{ at: () => true, fault }] });
  const error = await failureOf(recognised(opened, pcmInput(pcm(300))));
  if (!(error instanceof AsrError)) throw error;
  return { error, tries: opened.vendor.requests.length };
}

describe("HTTP statuses", () => {
  it("are all in the table", () => {
    expect(new Set(ROWS.map(({ status }) => status))).toEqual(
      new Set(Object.keys(STATUSES).map(Number)),
    );
  });

  it.each(ROWS)("$status: $kind, $tries tries", async ({ status, kind, exitCode, ...row }) => {
    const { error, tries } = await failedWith({ kind: "code", code: status, message: "说明" });
    expect({ kind: error.kind, exitCode: error.exitCode, tries }).toEqual({
      kind,
      exitCode,
      tries: row.tries,
    });
    expect(error.details.stopsBatch ?? false).toBe(row.stopsBatch ?? false);
    expect(error.details.vendorCode).toBe(status);
    expect(error.retryable).toBe(row.tries > 1);
    expect(error.details.hint).toMatch(/\w/);
    expect(error.message).toContain("说明");
  });

  it.each<[string, Fault, string, number]>([
    ["a gateway's page with 503", gatewayPage(503), "network", ALL_TRIES],
    ["a gateway's page with 502", gatewayPage(502), "network", PAID_TRIES],
    ["a gateway's page with 401", gatewayPage(401), "credentials", 1],
    ["429 without JSON", tooManyRequests(1), "quota", ALL_TRIES],
    ["403", { kind: "status", status: 403 }, "credentials", 1],
    ["418", { kind: "status", status: 418, body: '{"error":"teapot"}' }, "recognition", 1],
    ["a login page", notJson(), "network", 1],
    ["a redirect", redirectTo("https://elsewhere.example/"), "usage", 1],
  ])("of somebody else, %s", async (_, fault, kind, expected) => {
    const { error, tries } = await failedWith(fault);
    expect({ kind: error.kind, tries }).toEqual({ kind, tries: expected });
    expect(error.details.hint).toMatch(/\w/);
  });
});

describe("a stream that fails after HTTP 200", () => {
  it("with an error event is a failed recognition, sent once, named by its session", async () => {
    const fault = { kind: "error-event", afterEvents: 2, message: "解码失败" } as const;
    const { error, tries } = await failedWith(fault);
    expect(error).toMatchObject({
      kind: "recognition",
      exitCode: 7,
      message: expect.stringContaining("解码失败"),
      details: { requestId: expect.stringMatching(/^sse_/), hint: expect.any(String) },
    });
    expect(tries).toBe(1);
  });

  it.each<[string, Fault]>([
    ["that ends without done", { kind: "end-events", afterEvents: 2 }],
    ["that ends before anything", { kind: "end-events", afterEvents: 0 }],
    ["that ends inside an event", { kind: "end-answer", afterBytes: 500 }],
    ["that breaks", { kind: "cut-answer", afterBytes: 500 }],
  ])("%s is an error, sent again once", async (_, fault) => {
    const { error, tries } = await failedWith(fault);
    expect(error).toMatchObject({
      kind: "network",
      exitCode: 6,
      details: { retryable: true, outcomeUnknown: true, hint: expect.any(String) },
    });
    expect(tries).toBe(PAID_TRIES);
  });
});

describe("secrets", () => {
  it("show nowhere, even where the vendor repeats them", async () => {
    const fault = { kind: "code", code: 400, message: "bad key secret-key-77" } as const;
    const { vendor, clock } = await open({
      apiKey: "secret-key-77",
      faults: [{ at: () => true, fault }],
    });
    const account = { baseUrl: vendor.origin, credentials: { apiKey: "secret-key-77" } };
    const world = openWorld({ account, clock });
    const error = await failureOf(recognised({ world }, pcmInput(pcm(100))));
    expect(String(error)).toContain("bad key ***");
    expect(JSON.stringify([error, world.logged])).not.toContain("secret-key-77");
  });
});
