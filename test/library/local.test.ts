import path from "node:path";
import { expect, it } from "vitest";
import { createProvider, transcribe } from "../../src/index.ts";
import { claimForVoices } from "../../src/library/runtime-owner.ts";
import { AUDIO } from "../cli/run.ts";

it("recognises here, and leaves the runtime to the recogniser", async () => {
  const provider = createProvider("local");
  await provider.check();
  const text = await transcribe(path.join(AUDIO, "en-jfk.wav"), { provider }).text();
  expect(text.toLowerCase()).toContain("ask not what your country can do for you");
  expect(claimForVoices()).toBe(false);
  await provider.close();
});
