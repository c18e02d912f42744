/** Every code of the documents, old and newer, at the double: what the user gets, what is sent. */
import { describe, expect, it } from "vitest";
import { FLASH_API } from "../../../src/providers/tencent/flash/codes.ts";
import { tencentFlash } from "../../../src/providers/tencent/flash/index.ts";
import { REALTIME_API } from "../../../src/providers/tencent/realtime/codes.ts";
import { tencentRealtime } from "../../../src/providers/tencent/realtime/index.ts";
import { pcmInput } from "./audio.ts";
import { openDouble, run } from "./rig.ts";

interface Row {
  readonly code: number;
  readonly exit: number;
  /** Requests with audio until it is given up. */
  readonly sent: number;
  readonly stops?: boolean;
}

const FLASH: readonly Row[] = [
  { code: 4001, exit: 7, sent: 1 },
  { code: 4002, exit: 4, sent: 1, stops: true },
  { code: 4003, exit: 4, sent: 1, stops: true },
  { code: 4004, exit: 5, sent: 1, stops: true },
  { code: 4005, exit: 5, sent: 1, stops: true },
  { code: 4006, exit: 5, sent: 4 },
  { code: 4007, exit: 3, sent: 1 },
  { code: 4008, exit: 6, sent: 4 },
  { code: 4009, exit: 6, sent: 4 },
  { code: 4010, exit: 7, sent: 1 },
  { code: 4011, exit: 3, sent: 1 },
  { code: 4012, exit: 3, sent: 1 },
  { code: 5001, exit: 6, sent: 4 },
  { code: 5002, exit: 7, sent: 4 },
  { code: 5003, exit: 6, sent: 4 },
  { code: 4999, exit: 7, sent: 1 },
];

const REALTIME: readonly Row[] = [
  { code: 100, exit: 6, sent: 3 },
  { code: 101, exit: 7, sent: 1 },
  { code: 102, exit: 7, sent: 1 },
  { code: 103, exit: 6, sent: 3 },
  { code: 104, exit: 4, sent: 1, stops: true },
  { code: 105, exit: 2, sent: 1 },
  { code: 106, exit: 2, sent: 1 },
  { code: 107, exit: 4, sent: 1, stops: true },
  { code: 108, exit: 4, sent: 1, stops: true },
  { code: 109, exit: 6, sent: 3 },
  { code: 110, exit: 6, sent: 4 },
  { code: 111, exit: 6, sent: 3 },
  { code: 112, exit: 3, sent: 1 },
  { code: 113, exit: 6, sent: 4 },
  { code: 114, exit: 7, sent: 1 },
  { code: 115, exit: 7, sent: 1 },
  { code: 116, exit: 5, sent: 1, stops: true },
  { code: 117, exit: 7, sent: 1 },
  { code: 118, exit: 5, sent: 3 },
  { code: 119, exit: 5, sent: 1, stops: true },
  { code: 120, exit: 7, sent: 1 },
  { code: 121, exit: 6, sent: 4 },
  { code: 122, exit: 7, sent: 1 },
  { code: 123, exit: 6, sent: 4 },
  { code: 124, exit: 6, sent: 4 },
  { code: 125, exit: 6, sent: 4 },
  { code: 126, exit: 6, sent: 4 },
  { code: 127, exit: 7, sent: 1 },
  { code: 199, exit: 7, sent: 1 },
];

const isUpload = (request: { readonly method: string }) => request.method === "POST";

describe.each([
  { provider: tencentFlash, api: FLASH_API, rows: FLASH },
  { provider: tencentRealtime, api: REALTIME_API, rows: REALTIME },
])("$provider.id", ({ provider, api, rows }) => {
  it("has a row for every code that is tested, and no other", () => {
    const tested = rows.map(({ code }) => String(code)).filter((code) => !code.endsWith("99"));
    expect(Object.keys(api.codes).sort()).toEqual(tested.sort());
  });

  it.each(rows)("$code: exit $exit, sent $sent times", async ({ code, exit, sent, stops }) => {
    const double = await openDouble({
      faults: [{ at: isUpload, fault: { kind: "code", code, message: "抱歉\u001b[2J" } }],
    });
    const { error, logs } = await run(provider, double, pcmInput(300));
    expect(error).toMatchObject({ exitCode: exit });
    expect(error?.details).toMatchObject({
      provider: provider.id,
      vendorCode: code,
      requestId: expect.stringMatching(/./),
      stopsBatch: stops ?? false,
      hint: expect.stringMatching(/./),
      reason: expect.stringMatching(/./),
    });
    expect(error?.message).toBe(`${api.name}: 抱歉`);
    expect(double.requests.filter(isUpload)).toHaveLength(sent);
    expect(double.violations).toEqual([]);
    const told = JSON.stringify([error?.message, error?.details, logs]);
    expect(told).not.toMatch(/test-secret/);
  });
});
