/**
 * Two hours of 44.1 kHz stereo to 16 kHz mono s16le, beside sox and ffmpeg.
 *
 *     node scripts/bench/decode.ts [--hours 2] [--runs 3]
 *
 * The recording is made in a temporary folder and removed afterwards. Each run is a whole
 * process, ours bundled as it ships (Node's own reading of TypeScript takes 18 MB); the fastest
 * run and the largest peak of memory count. Goals: 500 times real time, less than 100 MB.
 */
import { spawnSync } from "node:child_process";
import { openSync, writeSync } from "node:fs";
import { mkdtemp, open, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { convert } from "../../src/audio/convert.ts";
import { wavHeader } from "../../src/audio/encode.ts";
import { openRecording } from "../../src/audio/open.ts";
import { fileSource } from "../../src/audio/source.ts";

const FORMAT = { sampleRate: 44_100, channels: 2, encoding: "s16le" } as const;
const TARGET = { sampleRate: 16_000, channels: "mix", encoding: "s16le" } as const;

const { values } = parseArgs({
  options: {
    hours: { type: "string", default: "2" },
    runs: { type: "string", default: "3" },
    convert: { type: "string" },
  },
});

if (values.convert === undefined) await compare(Number(values.hours), Number(values.runs));
else await convertToNull(values.convert);

/** The work of one child process. */
async function convertToNull(file: string): Promise<void> {
  const recording = await openRecording(await fileSource(file));
  const output = openSync(os.devNull, "w");
  for await (const chunk of convert(recording, TARGET)) writeSync(output, chunk);
}

async function compare(hours: number, runs: number): Promise<void> {
  const folder = await mkdtemp(path.join(os.tmpdir(), "asr-bench-"));
  try {
    const file = path.join(folder, "long.wav");
    await makeRecording(file, hours * 3600);
    // The bundle has this file in it, and must not look for the bundler.
    const { build } = await import("esbuild");
    const bundle = path.join(folder, "decode.mjs");
    await build({
      entryPoints: [fileURLToPath(import.meta.url)],
      outfile: bundle,
      bundle: true,
      platform: "node",
      format: "esm",
      external: ["esbuild"],
    });
    const raw = ["-t", "raw", "-e", "signed", "-b", "16"];
    const mix = ["-af", "pan=mono|c0=0.5*c0+0.5*c1", "-ar", "16000", "-f", "s16le"];
    const commands: readonly (readonly [name: string, command: string, args: string[]])[] = [
      ["asr", process.execPath, [bundle, "--convert", file]],
      ["sox", "sox", [file, "-r", "16000", "-c", "1", ...raw, os.devNull]],
      ["ffmpeg", "ffmpeg", ["-v", "error", "-y", "-i", file, ...mix, os.devNull]],
    ];
    console.log(`${hours} h of 44.1 kHz stereo to 16 kHz mono s16le, best of ${runs}`);
    for (const [name, command, args] of commands) {
      const results = Array.from({ length: runs }, () => measured(command, args));
      const seconds = Math.min(...results.map((result) => result.seconds));
      const memory = Math.max(...results.map((result) => result.peakMegabytes));
      const speed = `${Math.round((hours * 3600) / seconds)} x real time`;
      console.log([name, `${seconds.toFixed(2)} s`, speed, `${memory.toFixed(0)} MB`].join("\t"));
    }
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Wall time and peak memory of a whole process, the latter as GNU time tells it. */
function measured(command: string, args: string[]): { seconds: number; peakMegabytes: number } {
  const startMs = performance.now();
  const { error, status, stderr } = spawnSync("/usr/bin/time", ["-f", "%M", command, ...args], {
    encoding: "utf8",
  });
  const seconds = (performance.now() - startMs) / 1000;
  if (error !== undefined) throw new Error("needs GNU time (/usr/bin/time)", { cause: error });
  if (status !== 0) throw new Error(`${command} failed: ${stderr}`);
  return { seconds, peakMegabytes: Number(stderr.trim().split("\n").at(-1)) / 1024 };
}

/** Two tones and some noise, streamed to disk a second at a time. */
async function makeRecording(file: string, seconds: number): Promise<void> {
  const second = Buffer.alloc(FORMAT.sampleRate * 4);
  for (let frame = 0; frame < FORMAT.sampleRate; frame++) {
    const phase = (2 * Math.PI * frame) / FORMAT.sampleRate;
    const noise = ((frame * 7919) % 1009) - 504;
    second.writeInt16LE(Math.round(9000 * Math.sin(440 * phase)) + noise, frame * 4);
    second.writeInt16LE(Math.round(9000 * Math.sin(3000 * phase)) - noise, frame * 4 + 2);
  }
  const handle = await open(file, "w");
  try {
    await handle.write(wavHeader(FORMAT, second.length * seconds));
    for (let written = 0; written < seconds; written++) await handle.write(second);
  } finally {
    await handle.close();
  }
}
