/**
 * Recordings longer than a vendor takes: nothing lost, nothing doubled, times right. The audio says
 * which second it is, and the doubles answer what they heard whole. Three hours in the long run.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { share } from "../share.ts";
import { itWith } from "../tools.ts";
import { breathlessVoice } from "../vendors/ears/breathless-voice.ts";
import { decodingEar, runFfmpeg } from "../vendors/ears/decoding-ear.ts";
import { hearNumbers, numbersIn } from "../vendors/ears/number-ear.ts";
import { writeNumberedWav } from "../vendors/ears/numbered-audio.ts";
import { BREATHLESS, type SecondLayout, SPOKEN } from "../vendors/ears/tone-code.ts";
import { watchMemory } from "./peak-memory.ts";
import { asr, temporaryFolder } from "./run.ts";
import { openVendor, type VendorId } from "./vendor-accounts.ts";

const SECONDS = share(130, 3 * 3600);
const ALL = Array.from({ length: SECONDS }, (_, second) => second);
/** Samples that lie there, and those that a decoder gives; the speech detector's own comes on top. */
const FEW_MEBIBYTES = { wav: 110, mp3: 200, detector: 60 };

interface Case {
  readonly id: VendorId;
  /** Whether the vendor itself gives times. */
  readonly timed: boolean;
  /** The longest part that may be sent, in seconds; undefined: it is one stream. */
  readonly partSeconds?: number;
  /** What makes parts of the short recording too. */
  readonly words?: readonly string[];
}

const IS_SHORT = SECONDS < 3600;
const SHORT_PARTS = IS_SHORT ? ["--split", "40"] : [];
const partsOf = (seconds: number) => share(40, seconds);

const CASES: readonly Case[] = [
  // 100 MB of 16 kHz samples are less than two hours.
  { id: "tencent-flash", timed: true, partSeconds: partsOf(3125), words: SHORT_PARTS },
  { id: "tencent-realtime", timed: true },
  { id: "feishu-file", timed: false, partSeconds: 60 },
  { id: "lark-file", timed: false, partSeconds: 60 },
  { id: "feishu-stream", timed: false },
  { id: "lark-stream", timed: false },
  { id: "stepfun", timed: true, partSeconds: partsOf(1800), words: SHORT_PARTS },
];

interface Segment {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly approximate?: boolean;
}

interface TranscriptJson {
  readonly duration: number;
  readonly text: string;
  readonly segments: readonly Segment[];
  readonly parts?: readonly { readonly start: number; readonly end: number }[];
}

let folder: string;
const file = (name: string) => path.join(folder, name);

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "asr-any-length-"));
  writeNumberedWav(file("spoken.wav"), { seconds: SECONDS });
  // For tones alone, nobody would have to be spared from a cut: they are no speech.
  const voice = breathlessVoice();
  writeNumberedWav(file("breathless.wav"), { seconds: SECONDS, layout: BREATHLESS, voice });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function transcribe(
  { id, words = [] }: Pick<Case, "id" | "words">,
  name: string,
  layout: SecondLayout = SPOKEN,
) {
  const recognise = decodingEar(hearNumbers(layout));
  // They leave at 20 a second (21 take 1080 ms, counted where undici sends them) and are counted in
  // bunches here: this process listens to a minute at a time. The rate has tests of its own.
  const { vendor, env } = await openVendor(id, { recognise, queriesPerSecond: 40 });
  const memory = watchMemory(temporaryFolder());
  const command = ["transcribe", file(name), "-p", id, "-f", "json", ...words];
  const { code, stdout, stderr } = await asr(command, { env: { ...env, ...memory.env } });
  expect({ code, stderr, violations: vendor.violations.slice(0, 5) }).toMatchObject({
    code: 0,
    violations: [],
  });
  const transcript: TranscriptJson = JSON.parse(stdout);
  return { vendor, transcript, peakMebibytes: memory.peakMebibytes() };
}

function expectTimes(segments: readonly Segment[], toleranceMs: number): void {
  const late = segments.flatMap(({ text, start, end }) => {
    const numbers = numbersIn(text);
    const [first = 0, last = numbers.at(-1) ?? 0] = [numbers[0], numbers.at(-1)];
    const startMs = Math.abs(start * 1000 - first * 1000 - SPOKEN.leadMs);
    const endMs = Math.abs(end * 1000 - last * 1000 - SPOKEN.leadMs - 2 * SPOKEN.chordMs);
    return Math.max(startMs, endMs) > toleranceMs ? [{ text, start, end }] : [];
  });
  expect(late.slice(0, 5)).toEqual([]);
}

/** Parts follow one another over all of the file, none longer than the vendor allows. */
function expectParts({ parts = [], duration }: TranscriptJson, partSeconds: number): void {
  expect(parts.length).toBeGreaterThanOrEqual(Math.ceil(SECONDS / partSeconds));
  expect(parts[0]?.start).toBe(0);
  expect(parts.at(-1)?.end).toBe(duration);
  for (const [index, { start, end }] of parts.entries()) {
    expect(end - start).toBeLessThanOrEqual(partSeconds);
    const next = parts[index + 1];
    if (next !== undefined) {
      expect(next.start).toBeLessThanOrEqual(end);
      expect(end - next.start).toBeLessThanOrEqual(2);
    }
  }
}

describe.each(CASES)("a long recording for $id", (entry) => {
  it("loses nothing, doubles nothing, and has right times", async () => {
    const { transcript, peakMebibytes } = await transcribe(entry, "spoken.wav");
    expect(numbersIn(transcript.text)).toEqual(ALL);
    expect(numbersIn(transcript.segments.map(({ text }) => text).join(" "))).toEqual(ALL);
    expect(transcript.duration).toBe(SECONDS);
    if (entry.timed) expectTimes(transcript.segments, 50);
    else expect(transcript.segments.every(({ approximate }) => approximate === true)).toBe(true);
    if (entry.partSeconds !== undefined) expectParts(transcript, entry.partSeconds);
    expect(peakMebibytes).toBeLessThan(FEW_MEBIBYTES.wav + FEW_MEBIBYTES.detector);
  });
});

/** Lark is Feishu under another address: once is enough where time counts. */
const DIFFERENT = CASES.filter(({ id }) => !IS_SHORT || !id.startsWith("lark-"));
const CUT = DIFFERENT.filter(({ partSeconds }) => partSeconds !== undefined);

describe.each(CUT)("a recording without a pause for $id", (entry) => {
  it("is cut with an overlap whose words come once", async () => {
    const { transcript } = await transcribe(entry, "breathless.wav", BREATHLESS);
    expect(numbersIn(transcript.text)).toEqual(ALL);
    if (entry.partSeconds !== undefined) expectParts(transcript, entry.partSeconds);
  });
});

describe("a long MP3 of 32 kbit/s", () => {
  for (const entry of DIFFERENT) {
    itWith("ffmpeg", `loses and doubles nothing at ${entry.id}`, async () => {
      await makeMp3();
      const { transcript, peakMebibytes } = await transcribe(entry, "spoken.mp3");
      expect(numbersIn(transcript.text)).toEqual(ALL);
      if (entry.timed) expectTimes(transcript.segments, 100);
      expect(peakMebibytes).toBeLessThan(FEW_MEBIBYTES.mp3 + FEW_MEBIBYTES.detector);
    });
  }
});

let mp3: Promise<unknown> | undefined;
function makeMp3(): Promise<unknown> {
  mp3 ??= runFfmpeg(["-i", file("spoken.wav"), "-b:a", "32k", file("spoken.mp3")]);
  return mp3;
}
