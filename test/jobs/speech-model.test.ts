import { expect, it } from "vitest";
import { liveSpeechModelFor } from "../../src/jobs/speech-model.ts";
import { loadProvider } from "../../src/providers/registry.ts";

it("finds voices by energy where sessions are long, as they were resolved", async () => {
  const provider = await loadProvider("tencent-realtime");
  const long = await liveSpeechModelFor(provider, {}, () => {})();
  expect(long.name).toBe("energy");
  const session = { renewAfterMs: 4000, maxMs: 30_000 };
  const short = await liveSpeechModelFor(provider, { session }, () => {})();
  expect(short.name).toBe("silero");
});
