/** Providers of the library whose vendors are doubles. */
import path from "node:path";
import { onTestFinished } from "vitest";
import { createProvider } from "../../src/index.ts";
import type { ProviderOptions } from "../../src/library/options.ts";
import { AUDIO } from "../cli/run.ts";
import { openVendor, type VendorId } from "../cli/vendor-accounts.ts";

export const CLIP = path.join(AUDIO, "en-librivox-0890.wav");

/** What every double hears. */
export const SAID = "你好，欢迎使用语音识别。";

/** A provider and the double it speaks to; both close at the end of the test. */
export async function openProvider(
  id: VendorId,
  options: Omit<ProviderOptions, "credentials" | "environment"> = {},
  double: Parameters<typeof openVendor>[1] = {},
) {
  const { vendor, env } = await openVendor(id, double);
  const provider = createProvider(id, { ...options, environment: env });
  onTestFinished(() => provider.close());
  return { vendor, env, provider };
}
