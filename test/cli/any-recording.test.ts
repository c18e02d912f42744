/**
 * Every kind of file to every vendor: what arrives is what its document allows, and it sounds like
 * the source.
 */
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { likeness } from "../audio/compressed/alike.ts";
import { resampled } from "../audio/resampled.ts";
import { itWith } from "../tools.ts";
import { receivedRecordings, samplesOf } from "../vendors/ears/received.ts";
import { asrInProcess } from "./in-process.ts";
import { RECORDING_FILES, type RecordingFile, SOURCE, SOURCE_RATE } from "./recordings.ts";
import { temporaryFolder } from "./run.ts";
import { openVendor, VENDOR_IDS, type VendorId } from "./vendor-accounts.ts";

/** A codec begins late: AAC by 64 ms. */
const MAX_LAG_MS = 90;
/** Frames of its own that a codec puts at the end. */
const MAX_LONGER_MS = 150;

type Listening = (pcm: ArrayLike<number>, sampleRate: number) => Float32Array;

/** At which rate, and in which band, two recordings are compared. */
function comparison(rate: number, heardIn: Listening) {
  let source: Float32Array | undefined;
  return {
    rate,
    heardIn,
    source: () => {
      source ??= heardIn(SOURCE, SOURCE_RATE);
      return source;
    },
  };
}

const FULL = comparison(SOURCE_RATE, (pcm, sampleRate) => resampled(pcm, sampleRate, SOURCE_RATE));

/** 300 to 3400 Hz. */
const TELEPHONE = comparison(8000, (pcm, sampleRate) => {
  const below3400 = resampled(pcm, sampleRate, 8000, 3400);
  const below300 = resampled(below3400, 8000, 8000, 300);
  return below3400.map((sample, at) => sample - (below300[at] ?? 0));
});

async function reachesWhole(file: RecordingFile, id: VendorId): Promise<void> {
  const { vendor, env } = await openVendor(id, { keepAudio: true });
  const cwd = temporaryFolder();
  await writeFile(path.join(cwd, file.name), file.bytes());
  const run = await asrInProcess(["transcribe", file.name, "-p", id], {
    cwd,
    env: { ...env, PATH: process.env.PATH ?? "" },
  });
  expect(run.stderr.split("\n").filter((line) => line.includes("error"))).toEqual([]);
  expect({ code: run.code, violations: vendor.violations }).toEqual({ code: 0, violations: [] });
  const received = receivedRecordings(vendor);
  expect(received).toHaveLength(1);
  const [recording] = received;
  if (recording === undefined || isSpeexFrames(file, recording.container)) return;
  if (recording.bytes.equals(file.bytes())) return;
  const { pcm, sampleRate } = await samplesOf(recording, "mix");
  const { rate, source, heardIn } = file.telephone === true ? TELEPHONE : FULL;
  const heard = heardIn(pcm, sampleRate);
  const { correlation } = likeness(source(), heard, (MAX_LAG_MS * rate) / 1000);
  expect(correlation).toBeGreaterThanOrEqual(file.correlation);
  const longerMs = ((heard.length - source().length) / rate) * 1000;
  expect(Math.abs(longerMs)).toBeLessThanOrEqual(MAX_LONGER_MS);
}

/** Speex frames without a container, as Tencent realtime takes them: nobody here decodes these. */
function isSpeexFrames({ name }: RecordingFile, container: string): boolean {
  return name.includes("speex") && container === "pcm";
}

describe.each(VENDOR_IDS)("any recording for %s", (id) => {
  for (const file of RECORDING_FILES) {
    const name = `arrives as it should: ${file.name}`;
    if (file.needsFfmpeg) itWith("ffmpeg", name, () => reachesWhole(file, id));
    else it(name, () => reachesWhole(file, id));
  }
});
