/** Subtitles read back by programs that are not ours. */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatTranscript } from "../../src/formats/table.ts";
import { plainCues } from "../../src/subtitles/cues.ts";
import { plain } from "../../src/subtitles/styles/plain.ts";
import { readTranscript } from "../../src/transcript/json.ts";
import { formatTimestamp, LRC_TIMESTAMP, millisecondsOf } from "../../src/transcript/time.ts";
import type { Transcript } from "../../src/transcript/transcript.ts";
import { itWith } from "../tools.ts";
import { anySegment } from "../transcript/arbitraries.ts";
import { type CueNode, parseText, tokenizeVTTCue } from "./caption-parser.ts";
import { hardCases } from "./hard-cases.ts";

// media-captions takes two digits of hours; WebVTT allows more, and ffmpeg below reads them.
const LONGEST_MS = 99 * 3_600_000;

const transcripts: fc.Arbitrary<Transcript> = fc
  .array(
    fc.oneof(
      anySegment(fc.integer({ min: 0, max: 5000 })),
      anySegment(fc.integer({ min: 0, max: LONGEST_MS })),
    ),
    { maxLength: 8 },
  )
  .map((segments) => ({
    provider: "local",
    durationMs: LONGEST_MS,
    segments,
    warnings: [],
    requestIds: [],
  }));

/** A voice tag holds what its speaker says; any other would be text that was taken for one. */
function textOf(nodes: readonly CueNode[]): string {
  return nodes
    .map(({ type, data = "", children = [] }) => {
      if (type === "v") return textOf(children);
      return type === "text" ? data : `<${type}>`;
    })
    .join("");
}

/** The vendor's segments as they are, so that it is known what must be read back. */
function written(format: string, transcript: Transcript): string {
  return formatTranscript(format, transcript, { style: plain });
}

describe("media-captions", () => {
  it.each(["srt", "vtt"] as const)("reads our cues from %s, strictly", async (type) => {
    await fc.assert(
      fc.asyncProperty(transcripts, async (transcript) => {
        const { cues, errors } = await parseText(written(type, transcript), {
          type,
          strict: true,
        });
        expect(errors).toEqual([]);
        expect(
          cues.map(({ startTime, endTime }) => [
            millisecondsOf(startTime),
            millisecondsOf(endTime),
          ]),
        ).toEqual(plainCues(transcript.segments).map(({ startMs, endMs }) => [startMs, endMs]));
      }),
    );
  });

  it("reads back from vtt every character, as text and not as tags", async () => {
    await fc.assert(
      fc.asyncProperty(transcripts, async (transcript) => {
        const { cues } = await parseText(written("vtt", transcript), {
          type: "vtt",
          strict: true,
        });
        expect(cues.map((cue) => textOf(tokenizeVTTCue(cue)))).toEqual(
          plainCues(transcript.segments).map(({ lines }) => lines.join("\n")),
        );
      }),
    );
  });
});

interface Packet {
  readonly pts_time: string;
  readonly duration_time?: string;
}

/** What ffmpeg's own demuxer, found by content, makes of a text. */
function packetsOf(text: string): readonly Packet[] {
  const answer = execFileSync(
    "ffprobe",
    ["-v", "error", "-show_entries", "packet=pts_time,duration_time", "-of", "json", "-"],
    { encoding: "utf8", input: text },
  );
  const { packets }: { packets: readonly Packet[] } = JSON.parse(answer);
  return packets;
}

describe("ffmpeg", () => {
  const transcript = readTranscript(readFileSync(hardCases("json"), "utf8"));
  const cues = plainCues(transcript.segments);

  for (const format of ["srt", "vtt"]) {
    itWith("ffprobe", `finds every cue of the hard cases in ${format} at its time`, () => {
      expect(
        packetsOf(written(format, transcript)).map((packet) => [
          millisecondsOf(Number(packet.pts_time)),
          millisecondsOf(Number(packet.duration_time)),
        ]),
      ).toEqual(cues.map(({ startMs, endMs }) => [startMs, endMs - startMs]));
    });
  }

  itWith("ffmpeg", "reads back from vtt what was said", () => {
    const text = execFileSync("ffmpeg", ["-v", "error", "-i", "-", "-f", "ass", "-"], {
      encoding: "utf8",
      input: written("vtt", transcript),
    });
    expect(text).toContain("R&D at AT&T: a < b > c, <b>bold</b>, &amp;");
    expect(text).toContain("00:00:01,000 --> 00:00:02,000");
    expect(text).toContain("大家好，欢迎收听今天的节目。");
  });

  itWith("ffprobe", "finds every line of the hard cases in lrc at its time", () => {
    const text = formatTranscript("lrc", transcript);
    const lines = text.trimEnd().split("\n").slice(1);
    expect(
      packetsOf(text).map(({ pts_time }) =>
        formatTimestamp(Number(pts_time) * 1000, LRC_TIMESTAMP),
      ),
    ).toEqual(lines.map((line) => line.slice(1, line.indexOf("]"))));
  });
});
