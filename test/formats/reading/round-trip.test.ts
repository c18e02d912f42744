/** What our writers write, our readers read. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hasMarks } from "../../../src/formats/reading/cue-text.ts";
import { readStored } from "../../../src/formats/reading/read.ts";
import { formatTranscript } from "../../../src/formats/table.ts";
import { plainCues } from "../../../src/subtitles/cues.ts";
import { plain } from "../../../src/subtitles/styles/plain.ts";
import type { Segment, Transcript } from "../../../src/transcript/transcript.ts";
import { anySegment, anyTranscript } from "../../transcript/arbitraries.ts";

const read = (text: string): Promise<Transcript> => readStored(text, async () => []);

/** SubRip has no escapes: what looks like a tag is one, and an arrow loses a dash. */
const forSrt = ({ text, ...rest }: Segment): Segment => ({
  ...rest,
  text: hasMarks([text], "srt") ? "marks" : text.replace(/-{2,}>/g, "->"),
});

const someSegments = fc
  .array(anySegment(fc.integer({ min: 0, max: 5000 })), { minLength: 1, maxLength: 8 })
  .filter((segments) => plainCues(segments).length > 0);

function transcriptOf(segments: readonly Segment[]): Transcript {
  return { provider: "local", durationMs: 5000, segments, warnings: [], requestIds: [] };
}

describe("the cues that were written", () => {
  it("come back from srt", async () => {
    await fc.assert(
      fc.asyncProperty(someSegments, async (segments) => {
        const shown = segments.map(forSrt);
        const text = formatTranscript("srt", transcriptOf(shown), { style: plain });
        expect(plainCues((await read(text)).segments)).toEqual(
          plainCues(shown).map(({ startMs, endMs, lines }) => ({ startMs, endMs, lines })),
        );
      }),
    );
  });

  it("come back from vtt, with their speakers", async () => {
    await fc.assert(
      fc.asyncProperty(someSegments, async (segments) => {
        const text = formatTranscript("vtt", transcriptOf(segments), { style: plain });
        expect(plainCues((await read(text)).segments)).toEqual(
          plainCues(segments).map(({ channel: _, speaker, ...cue }) =>
            speaker === undefined ? cue : { ...cue, speaker: speaker.replace("\t", " ") },
          ),
        );
      }),
    );
  });

  it("are the same file when they are written again", async () => {
    await fc.assert(
      fc.asyncProperty(someSegments, async (segments) => {
        const text = formatTranscript("srt", transcriptOf(segments.map(forSrt)), { style: plain });
        expect(formatTranscript("srt", await read(text), { style: plain })).toBe(text);
      }),
    );
  });
});

describe("the transcript that was written", () => {
  it("comes back from json", async () => {
    await fc.assert(
      fc.asyncProperty(anyTranscript, async (transcript) => {
        expect(await read(formatTranscript("json", transcript))).toEqual(transcript);
      }),
    );
  });

  it("comes back from jsonl", async () => {
    await fc.assert(
      fc.asyncProperty(anyTranscript, async (transcript) => {
        const { raw: _, ...said } = transcript;
        const segments = transcript.segments.toSorted((a, b) => a.startMs - b.startMs);
        const back = await read(formatTranscript("jsonl", transcript));
        expect({ ...back, raw: undefined }).toEqual({ ...said, segments, raw: undefined });
      }),
    );
  });
});
