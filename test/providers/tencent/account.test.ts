import { describe, expect, it } from "vitest";
import { AsrError } from "../../../src/errors.ts";
import { tencentAccount } from "../../../src/providers/tencent/account.ts";
import { tencentAddress } from "../../../src/providers/tencent/address.ts";
import { tencentFlash } from "../../../src/providers/tencent/flash/index.ts";
import { tencentRealtime } from "../../../src/providers/tencent/realtime/index.ts";
import { CREDENTIALS, contextFor, openDouble, SETTINGS } from "./rig.ts";

function failure(credentials: Record<string, string>): AsrError {
  try {
    tencentAccount({ credentials });
  } catch (error) {
    if (error instanceof AsrError) return error;
  }
  throw new Error("the credentials were taken");
}

describe("credentials of Tencent", () => {
  it("are named by their variables where they are missing", () => {
    const error = failure({ secretId: "id-of-somebody" });
    expect(error).toMatchObject({ kind: "credentials", exitCode: 4 });
    expect(error.details.reason).toBe("not set: TENCENTCLOUD_APPID, TENCENTCLOUD_SECRET_KEY");
    expect(error.details.hint).toMatch(/console\.cloud\.tencent\.com\/cam\/capi/);
    expect(JSON.stringify(error.details)).not.toMatch(/id-of-somebody/);
  });

  it.each([
    ["TENCENTCLOUD_APPID", { ...CREDENTIALS, appId: "AKID123" }],
    ["TENCENTCLOUD_SECRET_ID", { ...CREDENTIALS, secretId: "AK ID" }],
    ["TENCENTCLOUD_SECRET_KEY", { ...CREDENTIALS, secretKey: "key\n" }],
    ["TENCENTCLOUD_TOKEN", { ...CREDENTIALS, token: "a\r\nX-Other: 1" }],
  ])("are refused where %s can't be one", (variable, credentials) => {
    const error = failure(credentials);
    expect(error.exitCode).toBe(4);
    expect(error.message).toMatch(variable);
    expect(JSON.stringify([error.message, error.details])).not.toMatch(/AK ID|key\\n|X-Other/);
  });

  it.each([tencentFlash, tencentRealtime])(
    "$id: prepare looks at them and sends nothing",
    async (provider) => {
      const double = await openDouble();
      await provider.prepare(SETTINGS, contextFor(double));
      const bare = contextFor(double, { account: { credentials: {} } });
      await expect(provider.prepare(SETTINGS, bare)).rejects.toMatchObject({ exitCode: 4 });
      expect(double.requests).toEqual([]);
    },
  );
});

describe("the address of Tencent", () => {
  it("is the vendor's own by default", () => {
    expect(tencentAddress({ credentials: {} })).toEqual({
      origin: "https://asr.cloud.tencent.com",
      base: "https://asr.cloud.tencent.com",
      signedHost: "asr.cloud.tencent.com",
    });
  });

  it("may have a path prefix, which is not signed, and another host for the signature", () => {
    expect(tencentAddress({ credentials: {}, baseUrl: "https://gw.test:8443/tencent/" })).toEqual({
      origin: "https://gw.test:8443",
      base: "https://gw.test:8443/tencent",
      signedHost: "gw.test:8443",
    });
    expect(
      tencentAddress({ credentials: {}, baseUrl: "https://gw.test", signedHost: "aai.qcloud.com" }),
    ).toMatchObject({ signedHost: "aai.qcloud.com" });
  });

  it("is refused where it is no address", () => {
    expect(() => tencentAddress({ credentials: {}, baseUrl: "tencent" })).toThrow(AsrError);
  });
});
