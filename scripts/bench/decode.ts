/**
 * Decoding and resampling to 16 kHz mono s16le beside sox and ffmpeg: two hours of 44.1 kHz stereo
 * WAV, and an hour of speech in each of the usual kinds of file.
 *
 *     node scripts/bench/decode.ts [--hours 2] [--runs 3] [--only mp3]
 *
 * The recordings are made in a temporary folder and removed afterwards. Each run is a whole
 * process, ours bundled as it ships (Node's own reading of TypeScript takes 18 MB); the fastest
 * run and the largest peak of memory count, and the least time of the processor, which says more
 * where the machine has other work. Goals: 500 times real time and less than 100 MB for
 * WAV, at most 2.5 times ffmpeg's time and less than 200 MB for the others.
 */
import { spawnSync } from "node:child_process";
import { openSync, writeSync } from "node:fs";
import { mkdtemp, open, rm, symlink } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import manifest from "../../package.json" with { type: "json" };
import { convert } from "../../src/audio/convert.ts";
import { wavHeader } from "../../src/audio/encode.ts";
import { openRecording } from "../../src/audio/open.ts";
import { fileSource } from "../../src/audio/source.ts";

const FORMAT = { sampleRate: 44_100, channels: 2, encoding: "s16le" } as const;
const TARGET = { sampleRate: 16_000, channels: "mix", encoding: "s16le" } as const;
const INSTALLED = Object.keys(manifest.dependencies).filter((name) => name !== "commander");
const SPEECH = fileURLToPath(new URL("../../fixtures/audio/en-ibm-dialogue.wav", import.meta.url));

/** An hour of the speech fixture each, by ffmpeg's words. */
const KINDS: Readonly<Record<string, readonly string[]>> = {
  "mp3 64 kbit/s, 44.1 kHz mono": ["-ac", "1", "-ar", "44100", "-b:a", "64k", "long.mp3"],
  "mp3 64 kbit/s, 44.1 kHz stereo": ["-ac", "2", "-ar", "44100", "-b:a", "64k", "stereo.mp3"],
  "m4a, AAC 64 kbit/s, 44.1 kHz mono": ["-ac", "1", "-ar", "44100", "-b:a", "64k", "long.m4a"],
  "ogg, Opus 24 kbit/s, mono": ["-c:a", "libopus", "-ac", "1", "-b:a", "24k", "long.ogg"],
  "webm, Opus 24 kbit/s, mono": ["-c:a", "libopus", "-ac", "1", "-b:a", "24k", "long.webm"],
  "flac, 44.1 kHz stereo": ["-ac", "2", "-ar", "44100", "-sample_fmt", "s16", "long.flac"],
  "wav, 44.1 kHz stereo": ["-ac", "2", "-ar", "44100", "long.wav"],
};

const { values } = parseArgs({
  options: {
    hours: { type: "string", default: "2" },
    runs: { type: "string", default: "3" },
    only: { type: "string", default: "" },
    convert: { type: "string" },
    ffmpeg: { type: "string" },
  },
});

if (values.convert === undefined) await compare(Number(values.hours), Number(values.runs));
else await convertToNull(values.convert);

/** The work of one child process. */
async function convertToNull(file: string): Promise<void> {
  const tools = values.ffmpeg === undefined ? {} : { tools: { ffmpeg: values.ffmpeg } };
  const recording = await openRecording(await fileSource(file), tools);
  const output = openSync(os.devNull, "w");
  for await (const chunk of convert(recording, TARGET)) writeSync(output, chunk);
}

async function compare(hours: number, runs: number): Promise<void> {
  const folder = await mkdtemp(path.join(os.tmpdir(), "asr-bench-"));
  try {
    const bundle = await bundled(folder);
    console.log(
      "| recording | asr | ffmpeg | ratio | processor ratio | asr memory | ffmpeg memory | speed |",
    );
    console.log("|---|---|---|---|---|---|---|---|");
    if ("wav".includes(values.only)) {
      const file = path.join(folder, "tones.wav");
      await makeRecording(file, hours * 3600);
      compareOne(`wav, ${hours} h of 44.1 kHz stereo`, file, bundle, hours, runs);
      compareSox(file, hours, runs);
      await rm(file);
    }
    for (const [name, words] of Object.entries(KINDS)) {
      if (!name.includes(values.only)) continue;
      const file = path.join(folder, words.at(-1) ?? "");
      run("ffmpeg", [
        "-v",
        "error",
        "-stream_loop",
        "-1",
        "-i",
        SPEECH,
        "-t",
        "3600",
        ...words.slice(0, -1),
        file,
      ]);
      compareOne(`${name}, 1 h`, file, bundle, 1, runs);
      await rm(file);
    }
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** This file in one, its libraries beside it as they are installed. */
async function bundled(folder: string): Promise<string> {
  // The bundle has this file in it, and must not look for the bundler.
  const { build } = await import("esbuild");
  const outfile = path.join(folder, "decode.mjs");
  await build({
    entryPoints: [fileURLToPath(import.meta.url)],
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    external: ["esbuild", "onnxruntime-node", ...INSTALLED],
  });
  const modules = fileURLToPath(new URL("../../node_modules", import.meta.url));
  await symlink(modules, path.join(folder, "node_modules"));
  return outfile;
}

function compareOne(name: string, file: string, bundle: string, hours: number, runs: number): void {
  const mix = ["-af", "pan=mono|c0=0.5*c0+0.5*c1"];
  const isStereo = name.includes("stereo");
  const words = ["-v", "error", "-y", "-i", file, ...(isStereo ? mix : []), "-ar", "16000"];
  const tool = ["--ffmpeg", "/usr/bin/ffmpeg"];
  const ours = best(process.execPath, [bundle, "--convert", file, ...tool], runs);
  const theirs = best("ffmpeg", [...words, "-f", "s16le", os.devNull], runs);
  const ratio = (ours.seconds / theirs.seconds).toFixed(2);
  const cells = [
    name,
    `${ours.seconds.toFixed(2)} s`,
    `${theirs.seconds.toFixed(2)} s`,
    ratio,
    (ours.processorSeconds / theirs.processorSeconds).toFixed(2),
    `${ours.peakMegabytes.toFixed(0)} MB`,
    `${theirs.peakMegabytes.toFixed(0)} MB`,
    `${Math.round((hours * 3600) / ours.seconds)} x`,
  ];
  console.log(`| ${cells.join(" | ")} |`);
}

function compareSox(file: string, hours: number, runs: number): void {
  const raw = ["-t", "raw", "-e", "signed", "-b", "16"];
  const { seconds, peakMegabytes } = best(
    "sox",
    [file, "-r", "16000", "-c", "1", ...raw, os.devNull],
    runs,
  );
  const speed = `${Math.round((hours * 3600) / seconds)} x`;
  console.log(
    `| the same by sox | ${seconds.toFixed(2)} s | | | | ${peakMegabytes.toFixed(0)} MB | | ${speed} |`,
  );
}

function best(command: string, args: string[], runs: number) {
  const results = Array.from({ length: runs }, () => measured(command, args));
  return {
    seconds: Math.min(...results.map((result) => result.seconds)),
    processorSeconds: Math.min(...results.map((result) => result.processorSeconds)),
    peakMegabytes: Math.max(...results.map((result) => result.peakMegabytes)),
  };
}

function run(command: string, args: string[]): void {
  const { error, status, stderr } = spawnSync(command, args, { encoding: "utf8" });
  if (error !== undefined || status !== 0)
    throw new Error(`${command} failed: ${stderr}`, { cause: error });
}

interface Measured {
  readonly seconds: number;
  /** Of all its threads. */
  readonly processorSeconds: number;
  readonly peakMegabytes: number;
}

/** A whole process: wall time, and what GNU time tells. */
function measured(command: string, args: string[]): Measured {
  const startMs = performance.now();
  const options = { encoding: "utf8" } as const;
  const words = ["-f", "%U %S %M", command, ...args];
  const { error, status, stderr } = spawnSync("/usr/bin/time", words, options);
  const seconds = (performance.now() - startMs) / 1000;
  if (error !== undefined) throw new Error("needs GNU time (/usr/bin/time)", { cause: error });
  if (status !== 0) throw new Error(`${command} failed: ${stderr}`);
  const told = stderr.trim().split("\n").at(-1)?.split(" ").map(Number);
  const [user = 0, system = 0, peakKilobytes = 0] = told ?? [];
  return { seconds, processorSeconds: user + system, peakMegabytes: peakKilobytes / 1024 };
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
