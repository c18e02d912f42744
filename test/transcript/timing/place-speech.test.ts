import { expect, it } from "vitest";
import { VoiceActivity } from "../../../src/audio/voice/activity.ts";
import { loadSilero } from "../../../src/audio/voice/silero.ts";
import { loadRuntime } from "../../../src/providers/local/runtime.ts";
import { placeByVoice } from "../../../src/transcript/timing/place.ts";
import { describeWithModel } from "../../providers/local/installed.ts";
import { fixture } from "../../providers/local/recordings.ts";

describeWithModel("placing a recorded text by voice", () => {
  it("finds the pause between two Mandarin sentences", async () => {
    const activity = new VoiceActivity((await loadSilero(loadRuntime())).scorer());
    const samples = await fixture("zh-ibm-1-16k.wav");
    const speech = [...(await activity.push(samples)), ...(await activity.finish())];
    const text =
      "沃森是认知计算技术的杰出代表，它可以像人类一样思考，积累经验，不断学习。" +
      "沃森具有高超的大数据分析能力，可以帮助人们进行决策。";
    const segment = { text, startMs: 0, endMs: 11_300, approximate: true };
    const [first, second] = placeByVoice(segment, speech, { words: false });
    // The waveform is silent from 6.33 to 6.63 s.
    expect(Math.abs((first?.endMs ?? 0) - 6_330)).toBeLessThan(100);
    expect(Math.abs((second?.startMs ?? 0) - 6_630)).toBeLessThan(100);
    expect(second?.text).toMatch(/^沃森具有/);
  });
});
