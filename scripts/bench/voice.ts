/**
 * What finding voices takes of an hour of speech at 16 kHz: `npm run bench -- voice`. Seconds of this
 * process's processor time, reading and levels among them.
 */
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { wavHeader } from "../../src/audio/encode.ts";
import { openRecording } from "../../src/audio/open.ts";
import { fileSource } from "../../src/audio/source.ts";
import { buildSoundMap } from "../../src/audio/voice/build-sound-map.ts";
import { loadSpeechModel } from "../../src/audio/voice/model.ts";

const SECONDS = 3600;
const FORMAT = { sampleRate: 16_000, channels: 1, encoding: "s16le" } as const;
const DIALOGUE = fileURLToPath(
  new URL("../../fixtures/audio/en-ibm-dialogue.wav", import.meta.url),
);

const folder = await mkdtemp(join(tmpdir(), "asr-bench-"));
try {
  const speech = (await readFile(DIALOGUE)).subarray(44);
  const samples = Buffer.alloc(SECONDS * FORMAT.sampleRate * 2, speech);
  const file = join(folder, "hour.wav");
  await writeFile(file, Buffer.concat([wavHeader(FORMAT, samples.length), samples]));
  console.log("| detector | processor s | x real time | stretches of speech |\n|---|---|---|---|");
  for (const name of ["energy", "silero"] as const) {
    const scorer = (await loadSpeechModel(name)).scorer();
    const recording = await openRecording(await fileSource(file));
    const before = process.cpuUsage();
    const { speech: found } = await buildSoundMap(recording, scorer);
    const { user, system } = process.cpuUsage(before);
    const seconds = (user + system) / 1e6;
    const speed = Math.round(SECONDS / seconds);
    console.log(`| ${name} | ${seconds.toFixed(1)} | ${speed} | ${found.length} |`);
  }
} finally {
  await rm(folder, { recursive: true });
}
