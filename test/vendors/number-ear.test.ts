import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../cli/run.ts";
import { share } from "../share.ts";
import { itWith } from "../tools.ts";
import { breathlessVoice } from "./ears/breathless-voice.ts";
import { decode, decodingEar, runFfmpeg } from "./ears/decoding-ear.ts";
import { hearNumbers, NumberEar, numbersIn } from "./ears/number-ear.ts";
import { type NumberedAudio, numberedWav, writeNumberedWav } from "./ears/numbered-audio.ts";
import { BREATHLESS, CODE_COUNT, chordsOf, numberOf, SPOKEN } from "./ears/tone-code.ts";
import type { HeardAudio } from "./server/hearing.ts";

const SECONDS = share(40, 600);
const ALL = Array.from({ length: SECONDS }, (_, second) => second);

function samplesOf(audio: NumberedAudio): Int16Array {
  const bytes = Uint8Array.from(numberedWav(audio).subarray(44));
  return new Int16Array(bytes.buffer);
}

function hear(pcm: Int16Array, sampleRate = 16_000, layout = SPOKEN) {
  return new NumberEar(sampleRate, layout).listen(pcm, true);
}

function numbersOf(pcm: Int16Array, sampleRate = 16_000, layout = SPOKEN): number[] {
  return numbersIn(
    hear(pcm, sampleRate, layout)
      .map(({ text }) => text)
      .join(""),
  );
}

describe("numbers as tones", () => {
  it("are each their own pair of chords, more than three hours of them", () => {
    expect(CODE_COUNT).toBeGreaterThan(3 * 3600);
    for (let index = 0; index < CODE_COUNT; index += 1) {
      expect(numberOf(...chordsOf(index))).toBe(index);
    }
  });

  it.each([8000, 11_025, 16_000, 22_050, 32_000, 44_100, 48_000])(
    "are all heard at %d Hz, each at its time",
    (sampleRate) => {
      const heard = hear(samplesOf({ seconds: SECONDS, sampleRate }), sampleRate);
      expect(numbersIn(heard.map(({ text }) => text).join(""))).toEqual(ALL);
      for (const [second, { startMs, endMs }] of heard.entries()) {
        expect(Math.abs(startMs - second * 1000 - 150)).toBeLessThanOrEqual(10);
        expect(Math.abs(endMs - second * 1000 - 850)).toBeLessThanOrEqual(10);
      }
    },
  );

  it("are heard where none is followed by a pause", () => {
    const pcm = samplesOf({ seconds: SECONDS, layout: BREATHLESS });
    expect(numbersOf(pcm, 16_000, BREATHLESS)).toEqual(ALL);
  });

  it("are heard while somebody talks all the time", () => {
    const pcm = samplesOf({ seconds: SECONDS, layout: BREATHLESS, voice: breathlessVoice() });
    expect(numbersOf(pcm, 16_000, BREATHLESS)).toEqual(ALL);
  });

  it.each([
    ["quiet", (sample: number) => sample * 0.05],
    ["under noise", (sample: number, at: number) => sample * 0.5 + ((at * 7919) % 2001) - 1000],
  ])("are heard %s", (_, change) => {
    const pcm = samplesOf({ seconds: 30 }).map(change);
    expect(numbersOf(pcm)).toEqual(ALL.slice(0, 30));
  });

  it.each([SPOKEN, BREATHLESS])("are lost by a cut through them, wherever it is (%j)", (layout) => {
    const pcm = samplesOf({ seconds: 9, layout });
    const start = 4000 + layout.leadMs;
    for (let cutMs = start + 60; cutMs < start + 2 * layout.chordMs - 60; cutMs += 17) {
      const at = cutMs * 16;
      const both = [pcm.subarray(0, at), pcm.subarray(at)].map((part) =>
        numbersOf(part, 16_000, layout),
      );
      expect(both, `${cutMs} ms`).toEqual([
        [0, 1, 2, 3],
        [5, 6, 7, 8],
      ]);
    }
  });

  it("are found on one side of a cut between them", () => {
    const pcm = samplesOf({ seconds: 9 });
    for (let cutMs = 3855; cutMs < 4145; cutMs += 17) {
      const both = [pcm.subarray(0, cutMs * 16), pcm.subarray(cutMs * 16)];
      expect(both.flatMap((part) => numbersOf(part))).toEqual(ALL.slice(0, 9));
    }
  });

  it("show what is missing and what comes twice", () => {
    const pcm = samplesOf({ seconds: 9 });
    const pieces = [pcm.subarray(0, 48_000), pcm.subarray(32_000, 64_000), pcm.subarray(80_000)];
    const spliced = Int16Array.from(pieces.flatMap((piece) => [...piece]));
    expect(numbersOf(spliced)).toEqual([0, 1, 2, 2, 3, 5, 6, 7, 8]);
  });

  it("show a piece of 100 ms that is missing, or comes twice, within them", () => {
    const pcm = samplesOf({ seconds: 9 });
    const lost = [pcm.subarray(0, 4_300 * 16), pcm.subarray(4_400 * 16)];
    expect(numbersOf(Int16Array.from(lost.flatMap((piece) => [...piece])))).not.toContain(4);
    const twice = [pcm.subarray(0, 4_300 * 16), pcm.subarray(4_200 * 16)];
    expect(numbersOf(Int16Array.from(twice.flatMap((piece) => [...piece])))).not.toContain(4);
  });

  it("are said once each by an ear that is asked after every slice", () => {
    const pcm = samplesOf({ seconds: 12 });
    const ear = hearNumbers();
    const audio = { stream: "voice", channel: 0, sampleRate: 16_000 } as HeardAudio;
    let before = 0;
    for (let end = 1600; end <= pcm.length; end += 1600) {
      const heard = ear({ ...audio, final: end === pcm.length }, pcm.subarray(0, end));
      const count = (heard as readonly unknown[]).length;
      expect(count).toBeGreaterThanOrEqual(before);
      before = count;
    }
    expect(before).toBe(12);
  });

  it("take turns on several channels", () => {
    const wav = numberedWav({ seconds: 10, channels: 2 });
    const samples = new Int16Array(Uint8Array.from(wav.subarray(44)).buffer);
    const channel = (offset: number) => samples.filter((_, at) => at % 2 === offset);
    const [left, right] = [channel(0), channel(1)];
    expect(numbersOf(left)).toEqual([0, 2, 4, 6, 8]);
    expect(numbersOf(right)).toEqual([1, 3, 5, 7, 9]);
    const mixed = left.map((sample, at) => (sample + (right[at] ?? 0)) / 2);
    expect(numbersOf(mixed)).toEqual(ALL.slice(0, 10));
  });

  it("are the same in a file that is written a second at a time", () => {
    const file = path.join(temporaryFolder(), "numbered.wav");
    const audio = { seconds: 7, sampleRate: 8000, channels: 2 };
    writeNumberedWav(file, audio);
    expect(readFileSync(file).equals(numberedWav(audio))).toBe(true);
  });
});

const CODECS = [
  ["MP3 at 32 kbit/s", ["-c:a", "libmp3lame", "-b:a", "32k", "-f", "mp3"]],
  ["AAC at 32 kbit/s", ["-c:a", "aac", "-b:a", "32k", "-f", "adts"]],
  ["Opus at 16 kbit/s", ["-c:a", "libopus", "-b:a", "16k", "-f", "ogg"]],
  ["Vorbis", ["-c:a", "libvorbis", "-q:a", "0", "-f", "ogg"]],
  ["mu-law at 8 kHz", ["-ar", "8000", "-c:a", "pcm_mulaw", "-f", "wav"]],
  ["Speex at 16 kbit/s", ["-c:a", "libspeex", "-b:a", "16k", "-f", "ogg"]],
] as const;

describe("numbers through a codec", () => {
  for (const [name, words] of CODECS) {
    itWith("ffmpeg", `are all heard after ${name}, within 50 ms`, async () => {
      const file = path.join(temporaryFolder(), "numbered.wav");
      writeNumberedWav(file, { seconds: SECONDS });
      const coded = await runFfmpeg(["-i", file, ...words, "pipe:1"]);
      expectWhole(hear(await decode(coded)));
    });
  }

  itWith("sox", "are all heard after AMR at 12.2 kbit/s", async () => {
    const file = path.join(temporaryFolder(), "numbered.wav");
    writeNumberedWav(file, { seconds: SECONDS });
    const coded = execFileSync("sox", [file, "-r", "8000", "-t", "amr-nb", "-C", "7", "-"]);
    // ffmpeg 5.1 leaves out the frames that say "nothing here": their time is missing.
    expect(numbersOf(await decode(coded))).toEqual(ALL);
  });

  itWith("ffmpeg", "are heard by a double's ear that gets the file as it is", async () => {
    const file = path.join(temporaryFolder(), "numbered.wav");
    writeNumberedWav(file, { seconds: 9 });
    const bytes = Buffer.from(await runFfmpeg(["-i", file, "-b:a", "32k", "-f", "mp3", "pipe:1"]));
    const audio = { bytes, channel: 0, sampleRate: 0, final: true } as unknown as HeardAudio;
    const heard = await decodingEar(hearNumbers())(audio, new Int16Array(0));
    expect(heard.map(({ text }) => text).join("")).toBe("n0. n1. n2. n3. n4. n5. n6. n7. n8. ");
  });

  it("are all heard after SILK", async () => {
    const silk = await import("silk-wasm");
    const { data } = await silk.encode(numberedWav({ seconds: SECONDS }), 0);
    expectWhole(hear(await decode(data)));
  });
});

function expectWhole(heard: readonly { text: string; startMs: number; endMs: number }[]): void {
  expect(numbersIn(heard.map(({ text }) => text).join(""))).toEqual(ALL);
  const lateMs = heard.map(({ startMs }, second) => startMs - second * 1000 - 150);
  // A codec may begin late, but all of it alike.
  expect(Math.max(...lateMs) - Math.min(...lateMs)).toBeLessThan(50);
}
