import { describe, expect, it } from "vitest";
import { VoiceTranscript } from "../../../../src/providers/tencent/realtime/transcript.ts";

const slice = { bytes: new Uint8Array(), startMs: 0, endMs: 1000, isLast: false };
const plan = { needVad: true };
const answer = (...sentences: readonly { index: number; isStable: boolean; text: string }[]) => ({
  text: "",
  body: {},
  sentences: sentences.map((sentence) => ({
    ...sentence,
    startMs: sentence.index * 1000,
    endMs: sentence.index * 1000 + 900,
  })),
});
const said = (events: readonly { type: string; segment: { text: string } }[]) =>
  events.map(({ type, segment }) => `${type} ${segment.text}`);

describe("the transcript of a voice", () => {
  it("says live sentences when they are stable, and a recording's at the end", () => {
    const first = answer(
      { index: 0, isStable: true, text: "一。" },
      { index: 1, isStable: false, text: "二" },
    );
    const live = new VoiceTranscript(plan, { live: true });
    expect(said(live.take(first, slice))).toEqual(["final 一。", "partial 二"]);
    expect(said(live.end())).toEqual(["final 二"]);
    const recorded = new VoiceTranscript(plan, { live: false });
    expect(said(recorded.take(first, slice))).toEqual(["partial 二"]);
    expect(said(recorded.end())).toEqual(["final 一。", "final 二"]);
  });

  it("says nothing live while a sentence may be missing before it", () => {
    const live = new VoiceTranscript(plan, { live: true });
    live.loseAnswer();
    const later = answer({ index: 1, isStable: true, text: "二。" });
    expect(said(live.take(later, slice))).toEqual([]);
    expect(live.completeness).toBe("gap");
  });

  it("says what waited as soon as nothing is missing", () => {
    const live = new VoiceTranscript(plan, { live: true });
    live.take(answer({ index: 0, isStable: false, text: "一" }), slice);
    live.loseAnswer();
    expect(live.take(answer(), slice)).toEqual([]);
    const next = answer({ index: 0, isStable: true, text: "一。" });
    expect(said(live.take(next, slice))).toEqual(["final 一。"]);
  });

  it("does not doubt cumulative text, which comes again", () => {
    const transcript = new VoiceTranscript({ needVad: false }, { live: false });
    transcript.loseAnswer();
    expect(transcript.completeness).toBe("complete");
  });
});
