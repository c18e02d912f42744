/**
 * A process of its own that reads damaged files to their end, one after the other, and says a line
 * of JSON for each: `node read-damaged.ts FIRST_SEED COUNT FOLDER`.
 */
import { createReadStream, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { findMediaTools } from "../../../src/audio/compressed/ffmpeg/find.ts";
import { openRecording } from "../../../src/audio/open.ts";
import { fileSource, streamSource } from "../../../src/audio/source.ts";
import { AsrError } from "../../../src/errors.ts";
import { type PlanWishes, planAudio } from "../../../src/jobs/plan.ts";
import type { Resolution } from "../../../src/providers/contract.ts";
import { loadProvider, PROVIDER_IDS } from "../../../src/providers/registry.ts";
import { damaged } from "./damage.ts";

const AUDIO = path.resolve(import.meta.dirname, "../../../fixtures/audio");
const WISHES: PlanWishes = {
  channels: "mix",
  split: "silence",
  skipSilence: false,
  speakers: false,
};

/** Of five files of a kind one comes through a pipe. */
const PIPE_EVERY = 5;

const RESOLUTION: Resolution = { model: "any", warnings: [] };

const [firstSeed = 0, count = 0] = process.argv.slice(2, 4).map(Number);
const folder = process.argv[4] ?? ".";
const compressed = readdirSync(path.join(AUDIO, "compressed")).map((name) => `compressed/${name}`);
const names = ["en-librivox-0890.wav", "zh-ibm-1-8k.wav", ...compressed];
const wholes = names.map((name) => readFileSync(path.join(AUDIO, name)));
const tools = await findMediaTools(process.env, process.platform);
const providers = await Promise.all(PROVIDER_IDS.map(loadProvider));

/** "ok", or the kind of the error; anything else is thrown. */
async function read(file: string, seed: number): Promise<string> {
  const isPipe = Math.floor(seed / names.length) % PIPE_EVERY === 0;
  const source = isPipe ? streamSource(createReadStream(file), file) : await fileSource(file);
  try {
    const recording = await openRecording(source, tools === undefined ? {} : { tools });
    for (const { capabilities } of providers) {
      try {
        planAudio(recording, capabilities, RESOLUTION, WISHES);
      } catch (error) {
        if (!isAboutAudio(error)) throw error;
      }
    }
    let frameCount = 0;
    for await (const { channelData } of recording.blocks()) {
      frameCount += channelData[0]?.length ?? 0;
    }
    return `ok ${frameCount}`;
  } catch (error) {
    if (isAboutAudio(error)) return error.kind;
    throw error;
  }
}

/** Damage is exit 3; 2 where only a decoder that is not installed could say more. */
function isAboutAudio(error: unknown): error is AsrError {
  return error instanceof AsrError && (error.kind === "audio" || error.kind === "usage");
}

for (let seed = firstSeed; seed < firstSeed + count; seed += 1) {
  const at = seed % names.length;
  const name = names[at] ?? "";
  const file = path.join(folder, `${seed}${path.extname(name)}`);
  writeFileSync(file, damaged(wholes[at] ?? new Uint8Array(0), seed));
  process.stdout.write(`${JSON.stringify({ seed, name, begun: true })}\n`);
  const outcome = await read(file, seed);
  const peakMebibytes = Math.round(process.resourceUsage().maxRSS / 1024);
  process.stdout.write(`${JSON.stringify({ seed, name, outcome, peakMebibytes })}\n`);
}
