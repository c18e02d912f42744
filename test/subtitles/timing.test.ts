import { describe, expect, it } from "vitest";
import { cuesOf } from "../../src/subtitles/cue-maker.ts";
import type { CueSettings } from "../../src/subtitles/cue-settings.ts";
import { hurryWarning } from "../../src/subtitles/hurry-warning.ts";
import { checkCues } from "../../src/subtitles/rules.ts";
import { bbc } from "../../src/subtitles/styles/bbc.ts";
import { netflixEn } from "../../src/subtitles/styles/netflix-en.ts";
import { netflixZh } from "../../src/subtitles/styles/netflix-zh.ts";
import type { Segment } from "../../src/transcript/transcript.ts";

function segment(startMs: number, endMs: number, text: string, more: Partial<Segment> = {}) {
  return { startMs, endMs, text, ...more };
}

function timesOf(segments: readonly Segment[], settings: CueSettings = { style: netflixEn }) {
  return cuesOf(segments, settings).map(({ startMs, endMs }) => [startMs, endMs]);
}

describe("times of cues", () => {
  it("linger for half a second where there is room", () => {
    expect(timesOf([segment(1000, 3000, "All by myself.")])).toEqual([[1000, 3500]]);
  });

  it("close gaps of less than half a second to two frames, and leave longer ones", () => {
    const segments = [
      segment(0, 2000, "One of these days."),
      segment(2300, 4000, "Two of these days."),
      segment(5100, 7000, "Three of these days."),
    ];
    expect(timesOf(segments)).toEqual([
      [0, 2220],
      [2300, 4500],
      [5100, 7500],
    ]);
    expect(timesOf(segments, { style: bbc })).toEqual([
      [0, 2300],
      [2300, 5100],
      [5100, 7500],
    ]);
  });

  it("give a short word time to be seen, and a fast one time to be read, where there is room", () => {
    expect(timesOf([segment(1000, 1100, "Oh.")], { style: { ...netflixEn, lingerMs: 0 } })).toEqual(
      [[1000, 1833]],
    );
    const fast = segment(0, 1000, "forty characters are too many for a second");
    expect(timesOf([fast])).toEqual([[0, 2100]]);
  });

  it("never stay longer than the style allows", () => {
    expect(timesOf([segment(0, 30_000, "Well.")])).toEqual([[0, 7000]]);
  });

  it("follow the words: a cue starts and ends with its own", () => {
    const words = [
      { text: "Hello", startMs: 600, endMs: 900 },
      { text: "there", startMs: 1000, endMs: 1400 },
      { text: "Goodbye", startMs: 6000, endMs: 6500 },
      { text: "now", startMs: 6600, endMs: 7000 },
    ];
    expect(timesOf([segment(0, 9000, "Hello there. Goodbye now.", { words })])).toEqual([
      [600, 1900],
      [6000, 7500],
    ]);
  });

  it("follow the voice where there are no words", () => {
    const speech = [
      { startMs: 500, endMs: 2500 },
      { startMs: 6000, endMs: 8000 },
    ];
    const said = segment(0, 10_000, "今天天气真的很好。我们去公园走走。");
    expect(timesOf([said], { style: netflixZh, speech })).toEqual([
      [500, 3000],
      [6000, 8500],
    ]);
  });

  it("let one who is talked over be read first, at most a second and a half", () => {
    const segments = [
      segment(0, 3000, "I think we should go to the beach.", { speaker: "0" }),
      segment(100, 2000, "What about the mountains?", { speaker: "1" }),
    ];
    const [first, second] = timesOf(segments);
    expect(first).toEqual([0, 1520]);
    expect(second?.[0]).toBe(1600);
  });
});

describe("hurryWarning", () => {
  it("says where there is too little time, the worst place first", () => {
    const segments = [
      segment(0, 4000, "This is slow enough for anybody to read."),
      segment(4000, 5000, "This is even faster than the other one was before."),
      segment(5000, 9000, "This is not."),
    ];
    const cues = cuesOf(segments, { style: netflixEn });
    expect(hurryWarning(checkCues(cues, netflixEn), cues.length, "talk.wav")).toEqual({
      code: "subtitle-reading-speed",
      message:
        "talk.wav: speech too fast to be read in 1 of 3 cues, the worst at 0:00:04 " +
        "(cue 2: 53.3 characters a second, 20 wanted)",
    });
  });

  it("says nothing where there is time enough", () => {
    expect(hurryWarning([], 3)).toBeUndefined();
  });
});

describe("speakers", () => {
  const question = segment(0, 1000, "Are you coming?", { speaker: "0", channel: 0 });
  const answer = segment(1100, 1500, "In a minute.", { speaker: "1", channel: 1 });

  it("share no cue by themselves", () => {
    expect(cuesOf([question, answer], { style: netflixEn })).toMatchObject([
      { lines: ["Are you coming?"], speaker: "0", channel: 0 },
      { lines: ["In a minute."], speaker: "1", channel: 1 },
    ]);
  });

  it("share one with dashes, which then is nobody's", () => {
    const [cue, ...rest] = cuesOf([question, answer], { style: netflixEn, speakers: "dash" });
    expect(cue).toEqual({
      startMs: 0,
      endMs: 2000,
      lines: ["-Are you coming?", "-In a minute."],
    });
    expect(rest).toEqual([]);
  });

  it("are named at each turn, and not again within one", () => {
    const more = segment(5000, 9000, "And then another minute, and another one after that.", {
      speaker: "1",
      channel: 1,
    });
    const named = { ...question, speaker: "Ann" };
    const cues = cuesOf([named, answer, more], { style: netflixEn, speakers: "name" });
    expect(cues.map(({ lines }) => lines[0])).toEqual([
      "Ann: Are you coming?",
      "Speaker 1: In a minute.",
      "And then another minute,",
    ]);
  });
});
