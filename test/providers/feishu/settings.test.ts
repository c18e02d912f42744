import { describe, expect, it } from "vitest";
import { AsrError } from "../../../src/errors.ts";
import { createIdentifier } from "../../../src/providers/feishu/identifier.ts";
import {
  feishuFile,
  feishuStream,
  larkFile,
  larkStream,
} from "../../../src/providers/feishu/index.ts";
import { failureOf, openWorld, settingsOf } from "../vendor-world.ts";

const PROVIDERS = [feishuFile, larkFile, feishuStream, larkStream];

describe("resolving settings", () => {
  it.each(["auto", "zh", "zh-CN", "zh-Hant-TW", "cmn", "en", "en-GB"])("takes %s", (language) => {
    for (const provider of PROVIDERS) {
      expect(provider.resolve(settingsOf({ language }))).toEqual({
        model: "16k_auto",
        sampleRate: 16_000,
        warnings: [],
      });
    }
  });

  it.each(["yue", "zh-yue", "ja", "de", "not a tag", ""])("refuses %j", (language) => {
    for (const provider of PROVIDERS) {
      expect(() => provider.resolve(settingsOf({ language }))).toThrow(
        expect.objectContaining({ kind: "usage", exitCode: 2 }),
      );
    }
  });

  it("refuses an engine that there is not, unless it is forced", () => {
    const settings = settingsOf({ model: "16k_zh" });
    expect(() => feishuFile.resolve(settings)).toThrow(expect.objectContaining({ kind: "usage" }));
    const uncheckedParameters = { engine_type: "16k_zh" };
    expect(feishuFile.resolve({ ...settings, uncheckedParameters }).model).toBe("16k_zh");
    expect(feishuFile.resolve(settingsOf({ model: "16k_auto" })).model).toBe("16k_auto");
  });

  it("warns of what the APIs lack", () => {
    const wanted = { words: true, speakers: true, hotwords: [{ text: "飞书" }] };
    expect(feishuStream.resolve(settingsOf(wanted)).warnings.map(({ code }) => code)).toEqual([
      "unsupported-speakers",
      "unsupported-hotwords",
    ]);
  });

  it.each([
    [{ middle_action: 2 }],
    [{ middle_action: 3 }],
    [{ middle_action: -1 }],
    [{ format: "wav" }],
    [{ engine_type: "8k" }],
    [{ unknown: 1 }],
  ])("refuses the parameters %j", (parameters) => {
    expect(() => feishuStream.resolve(settingsOf({ parameters }))).toThrow(
      expect.objectContaining({ kind: "usage" }),
    );
  });

  it.each(["file_id", "stream_id", "sequence_id", "action", "speech", "config.action"])(
    "lets nobody set %s",
    (name) => {
      expect(() =>
        feishuStream.resolve(settingsOf({ uncheckedParameters: { [name]: "1" } })),
      ).toThrow(expect.objectContaining({ kind: "usage" }));
    },
  );

  it("names middle_action where there is one, and nowhere else", () => {
    const hintOf = ({ resolve }: (typeof PROVIDERS)[number]) => {
      try {
        resolve(settingsOf({ uncheckedParameters: { action: "1" } }));
      } catch (error) {
        return error instanceof AsrError ? error.details.hint : String(error);
      }
      return undefined;
    };
    expect(hintOf(feishuStream)).toContain("middle_action");
    expect(hintOf(feishuFile)).toBe("take it away");
  });

  it("describes every parameter", () => {
    for (const { parameters } of PROVIDERS) {
      for (const schema of Object.values(parameters.shape))
        expect(schema.meta()?.description).toMatch(/\w/);
    }
  });
});

describe("credentials", () => {
  it.each([
    ["feishu", feishuFile, "FEISHU_APP_ID and FEISHU_APP_SECRET", {}],
    ["lark", larkStream, "LARK_APP_ID and LARK_APP_SECRET", {}],
    ["feishu", feishuFile, "FEISHU_APP_SECRET", { appId: "cli_x" }],
    ["feishu", feishuFile, "FEISHU_APP_ID", { appSecret: "secret", tenantAccessToken: "" }],
  ])(
    "of %s that are missing are named before anything is sent",
    async (_, provider, names, credentials) => {
      const world = openWorld({ account: { credentials, baseUrl: "http://127.0.0.1:9" } });
      const failure = await failureOf(provider.prepare(settingsOf(), world));
      expect(failure).toMatchObject({
        kind: "credentials",
        exitCode: 4,
        message: `${names} not set`,
      });
    },
  );

  it("with a line break in the token are refused without showing it", async () => {
    const world = openWorld({ account: { credentials: { tenantAccessToken: "t-abc\ndef" } } });
    const failure = await failureOf(larkFile.prepare(settingsOf(), world));
    expect(failure).toMatchObject({ kind: "credentials" });
    expect(String(failure)).not.toContain("abc");
  });

  it("that are there are enough", async () => {
    const app = { appId: "cli_x", appSecret: "y" };
    await feishuFile.prepare(settingsOf(), openWorld({ account: { credentials: app } }));
    const token = { tenantAccessToken: "t-x" };
    await feishuFile.prepare(settingsOf(), openWorld({ account: { credentials: token } }));
  });
});

describe("identifiers", () => {
  it("are 16 characters of [A-Za-z0-9_] whatever the bytes", () => {
    for (let byte = 0; byte < 256; byte++) {
      const identifier = createIdentifier((count) => new Uint8Array(count).fill(byte));
      expect(identifier).toMatch(/^[A-Za-z0-9_]{16}$/);
    }
  });
});
