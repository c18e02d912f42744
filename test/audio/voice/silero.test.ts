import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { expect, it } from "vitest";
import { VoiceActivity } from "../../../src/audio/voice/activity.ts";
import { loadSilero } from "../../../src/audio/voice/silero.ts";
import { loadRuntime } from "../../../src/providers/local/runtime.ts";
import { describeWithModel } from "../../providers/local/installed.ts";
import { fixture, joined, silence } from "../../providers/local/recordings.ts";

const folder = new URL("../../../src/audio/voice/", import.meta.url);

async function speechIn(samples: Float32Array) {
  const silero = await loadSilero(loadRuntime());
  const activity = new VoiceActivity(silero.scorer());
  return [...(await activity.push(samples)), ...(await activity.finish())];
}

it("has the weights that the notice names", async () => {
  const weights = await readFile(new URL("silero_vad.onnx", folder));
  const notice = await readFile(new URL("NOTICE.md", folder), "utf8");
  expect(notice).toContain(createHash("sha256").update(weights).digest("hex"));
});

describeWithModel("Silero VAD", () => {
  it("finds a sentence between two silences", async () => {
    const sentence = await fixture("en-librivox-0870.wav");
    const speech = await speechIn(joined(silence(2), sentence, silence(2)));
    const startMs = speech[0]?.startMs ?? 0;
    const endMs = speech.at(-1)?.endMs ?? 0;
    // The first loud 20 ms (a tenth of the largest) start at 0.24 s, the last end at 6.7 s.
    expect(startMs).toBeGreaterThan(2_000);
    expect(startMs).toBeLessThan(2_300);
    expect(endMs).toBeGreaterThan(8_650);
    expect(endMs).toBeLessThan(9_200);
  });

  it("forgets one recording before the next", async () => {
    const silero = await loadSilero(loadRuntime());
    const sentence = await fixture("en-goforward-16k-s16le.raw");
    const times = [];
    for (let round = 0; round < 2; round++) {
      const activity = new VoiceActivity(silero.scorer());
      times.push([...(await activity.push(sentence)), ...(await activity.finish())]);
    }
    expect(times[1]).toEqual(times[0]);
  });
});
