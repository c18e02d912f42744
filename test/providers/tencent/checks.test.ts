import { describe, expect, it } from "vitest";
import { PROVIDERS } from "../../../src/providers/registry.ts";
import { tencentFlash } from "../../../src/providers/tencent/flash/index.ts";
import { tencentRealtime } from "../../../src/providers/tencent/realtime/index.ts";
import { contextFor, openDouble } from "./rig.ts";

describe.each([tencentFlash, tencentRealtime])("$id", (provider) => {
  const clock = provider.checks.find(({ name }) => name === "clock");

  it("finds that the clocks agree, and sends no audio", async () => {
    const double = await openDouble({ decimalServerTime: true });
    await expect(clock?.run(contextFor(double))).resolves.toMatch(/agree within \d s/);
    expect(double.requests.map(({ path }) => path)).toEqual(["/server_time"]);
    expect(double.violations).toEqual([]);
  });

  it("finds that they do not", async () => {
    const double = await openDouble({ clockSkewMs: 3_600_000, decimalServerTime: true });
    await expect(clock?.run(contextFor(double))).rejects.toMatchObject({
      message: expect.stringMatching(/3600 s behind/),
      details: { hint: expect.stringMatching(/set the clock/) },
    });
  });

  it("finds that nobody is there", async () => {
    const double = await openDouble();
    await double.close();
    await expect(clock?.run(contextFor(double))).rejects.toMatchObject({ kind: "network" });
  });

  it("is registered as it calls itself", async () => {
    const registered = PROVIDERS.find(({ id }) => id === provider.id);
    expect(registered).toMatchObject({
      title: provider.title,
      vendor: provider.vendor,
      credentials: provider.credentials,
    });
    await expect(registered?.load()).resolves.toBe(provider);
  });
});
