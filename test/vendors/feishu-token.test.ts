import { describe, expect, it } from "vitest";
import { pcm } from "./hand/audio.ts";
import { fetchToken, sendFile, sendToken } from "./hand/feishu.ts";
import { openFeishu } from "./hand/open-doubles.ts";
import { handClock } from "./server/clock.ts";

const AUDIO = pcm(200);

describe("Feishu's tenant token", () => {
  it("comes with its life in seconds, at the top level", async () => {
    const vendor = await openFeishu();
    const answer = await sendToken(vendor);
    expect(answer.status).toBe(200);
    expect(answer.json).toEqual({
      code: 0,
      msg: "ok",
      tenant_access_token: expect.stringMatching(/^t-/),
      expire: 7200,
    });
    expect(vendor.violations).toEqual([]);
  });

  it("stays the same until half an hour before its end, and then both are good", async () => {
    const clock = handClock();
    const vendor = await openFeishu({ clock: clock.now });
    const first = await fetchToken(vendor);
    clock.advance(90 * 60_000);
    expect((await sendToken(vendor)).json).toMatchObject({
      tenant_access_token: first,
      expire: 1800,
    });
    clock.advance(1000);
    const second = await fetchToken(vendor);
    expect(second).not.toBe(first);
    for (const token of [first, second]) {
      expect((await sendFile(vendor, AUDIO, { token })).json.code).toBe(0);
    }
    clock.advance(30 * 60_000);
    expect((await sendFile(vendor, AUDIO, { token: first })).json.code).toBe(99991663);
    expect(vendor.violations).toEqual([expect.stringContaining("worn-out")]);
    expect(vendor.tokens).toEqual([first, second]);
  });

  it.each([
    ["an unknown app", { app_id: "cli_other" }, 10003],
    ["no secret", { app_secret: undefined }, 10003],
    ["an empty secret", { app_secret: "" }, 10003],
    ["a field too many", { app_ticket: "x" }, 10003],
    ["no JSON", "app_id=1", 10003],
    ["another secret", { app_secret: "other" }, 10014],
  ])("is refused for %s with HTTP 200", async (_name, body, code) => {
    const vendor = await openFeishu();
    const answer = await sendToken(vendor, body);
    expect(answer.status).toBe(200);
    expect(answer.json.code).toBe(code);
    expect(vendor.tokens).toEqual([]);
    expect(vendor.violations).toHaveLength(1);
  });

  it.each([
    ["no Authorization", {}, 99991661],
    ["no Bearer", { headers: { authorization: "t-x" } }, 99991661],
    ["a token nobody issued", { token: "t-unknown" }, 99991663],
    ["a user's token", { token: "u-7f1bcd13fc57" }, 99991668],
    ["something else", { token: "abc" }, 99991671],
  ])("is asked for: %s", async (_name, call, code) => {
    const vendor = await openFeishu();
    const answer = await sendFile(vendor, AUDIO, call);
    expect(answer.status).toBe(400);
    expect(answer.json).toEqual({
      code,
      msg: expect.any(String),
      error: {
        log_id: expect.stringMatching(/^\d{34}$/),
        troubleshooter: expect.stringContaining("https://open.feishu.cn/"),
      },
    });
    expect(vendor.violations).toHaveLength(1);
  });

  it("dies mid-run without blame, until everybody has been told", async () => {
    const vendor = await openFeishu({ faults: [{ at: 2, fault: { kind: "expire-tokens" } }] });
    const token = await fetchToken(vendor);
    expect((await sendFile(vendor, AUDIO, { token })).json.code).toBe(0);
    expect((await sendFile(vendor, AUDIO, { token })).json.code).toBe(99991663);
    expect(vendor.violations).toEqual([]);
    expect((await sendFile(vendor, AUDIO, { token })).json.code).toBe(99991663);
    expect(vendor.violations).toHaveLength(1);
    const fresh = await fetchToken(vendor);
    expect(fresh).not.toBe(token);
    expect((await sendFile(vendor, AUDIO, { token: fresh })).json.code).toBe(0);
  });

  it("is brought along by store apps", async () => {
    const vendor = await openFeishu({ storeTokens: ["t-store"] });
    expect((await sendFile(vendor, AUDIO, { token: "t-store" })).json.code).toBe(0);
  });

  it("needs the scope of speech recognition", async () => {
    const vendor = await openFeishu({ scopes: ["im:message"], site: "lark" });
    const answer = await sendFile(vendor, AUDIO, { token: await fetchToken(vendor) });
    expect(answer.json).toMatchObject({
      code: 99991672,
      msg: expect.stringContaining("speech_to_text:speech"),
      error: { troubleshooter: expect.stringContaining("https://open.larksuite.com/") },
    });
  });
});
