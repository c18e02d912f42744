/** Words with their times, in the formats that have a way to write them. */
import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { readStored } from "../../src/formats/reading/read.ts";
import { formatTranscript } from "../../src/formats/table.ts";
import { netflixEn } from "../../src/subtitles/styles/netflix-en.ts";
import type { Transcript } from "../../src/transcript/transcript.ts";
import { itWith } from "../tools.ts";

const transcript: Transcript = {
  provider: "local",
  durationMs: 4000,
  segments: [
    {
      text: "Well, R&D is <fun>.",
      startMs: 1000,
      endMs: 3000,
      speaker: "Ann > Bob",
      words: [
        { text: "Well", startMs: 1000, endMs: 1400 },
        { text: "R&D", startMs: 1600, endMs: 2000 },
        { text: "is", startMs: 2000, endMs: 2200 },
        { text: "<fun>", startMs: 2200, endMs: 2900 },
      ],
    },
  ],
  warnings: [],
  requestIds: [],
};

function written(name: string, karaoke: boolean): string {
  return formatTranscript(name, transcript, { style: netflixEn, karaoke });
}

describe("vtt", () => {
  it("has a voice tag for the speaker", () => {
    expect(written("vtt", false)).toContain("\n<v Ann &gt; Bob>Well, R&amp;D is &lt;fun&gt;.\n");
  });

  it("has times between words, none at the start of the cue", () => {
    expect(written("vtt", true)).toContain(
      "\n<v Ann &gt; Bob>Well, <00:00:01.600>R&amp;D <00:00:02.000>is <00:00:02.200>&lt;fun&gt;.\n",
    );
  });

  it("is read back with its words and speaker", async () => {
    const { segments } = await readStored(written("vtt", true), async () => []);
    expect(segments).toEqual([
      expect.objectContaining({
        text: "Well, R&D is <fun>.",
        speaker: "Ann > Bob",
        words: [
          expect.objectContaining({ text: "Well,", startMs: 1000, endMs: 1600 }),
          expect.objectContaining({ text: "R&D", startMs: 1600, endMs: 2000 }),
          expect.objectContaining({ text: "is", startMs: 2000, endMs: 2200 }),
          expect.objectContaining({ text: "<fun>.", startMs: 2200 }),
        ],
      }),
    ]);
  });
});

describe("lrc", () => {
  it("has the time of each word before it, and the end of the last", () => {
    expect(written("lrc", true).split("\n")[1]).toBe(
      "[00:01.00]<00:01.00>Well, <00:01.60>R&D <00:02.00>is <00:02.20><fun>.<00:02.90>",
    );
    expect(written("lrc", false).split("\n")[1]).toBe("[00:01.00]Well, R&D is <fun>.");
  });
});

describe("ass", () => {
  it("says how long each word is sung", () => {
    expect(written("ass", true)).toContain(
      ",Default,Ann > Bob,0,0,0,,{\\k0}{\\k60}Well, {\\k40}R&D {\\k20}is {\\k70}<fun>.\n",
    );
    expect(written("ass", false)).toContain(",,Well, R&D is <fun>.\n");
  });
});

it("changes nothing where no word has a time", () => {
  const untimed = {
    ...transcript,
    segments: transcript.segments.map(({ words: _, ...segment }) => segment),
  };
  for (const name of ["vtt", "lrc", "ass", "srt", "txt", "json"]) {
    expect(formatTranscript(name, untimed, { karaoke: true })).toBe(
      formatTranscript(name, untimed),
    );
  }
});

itWith("ffmpeg", "is text without commands to ffmpeg", () => {
  const srt = execFileSync("ffmpeg", ["-v", "error", "-i", "-", "-c:s", "text", "-f", "srt", "-"], {
    encoding: "utf8",
    input: written("ass", true),
  });
  expect(srt).toContain("\nWell, R&D is <fun>.\n");
});
