import { describe, expect, it } from "vitest";
import { tencentFlash } from "../../../src/providers/tencent/flash/index.ts";
import { tencentRealtime } from "../../../src/providers/tencent/realtime/index.ts";
import { pcmInput } from "./audio.ts";
import { openEcho } from "./echo-server.ts";
import { CREDENTIALS, run } from "./rig.ts";

describe.each([tencentFlash, tencentRealtime])("secrets of $id", (provider) => {
  const code = provider.id === "tencent-flash" ? 5001 : 103;

  it("are in nothing that is said, even where the vendor sends them back", async () => {
    const signatures: string[] = [];
    const server = await openEcho((query, { headers, url }) => {
      const signature = String(headers.authorization);
      signatures.push(signature);
      const told = [query.get("secretid"), signature, headers["x-tc-token"], url].join(" ");
      return { code, message: told, request_id: signature };
    });
    const credentials = { ...CREDENTIALS, token: "session/token+1=" };
    const account = { credentials };
    const { error, logs } = await run(provider, server, pcmInput(100), {}, { account });
    expect(error?.details.vendorCode).toBe(code);
    expect(signatures.length).toBeGreaterThan(2);
    const told = [error?.message, JSON.stringify(error?.details), error?.stack, ...logs].join("\n");
    const { secretId, secretKey, token } = credentials;
    for (const secret of [secretId, secretKey, token, ...signatures]) {
      expect(told).not.toContain(secret);
      expect(told).not.toContain(encodeURIComponent(secret));
    }
  });
});
