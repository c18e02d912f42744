/** Ears for compressed audio: what a double received as it is, decoded by the system's ffmpeg. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Recognise } from "../server/hearing.ts";

/** What decoded audio is listened to at. */
const SAMPLE_RATE = 16_000;

/** @returns an ear that hands `ear` the samples of compressed audio too. */
export function decodingEar(ear: Recognise): Recognise {
  return async (audio, pcm) => {
    if (audio.bytes === undefined) return await ear(audio, pcm);
    const samples = await decode(audio.bytes, { channel: audio.channel });
    const durationMs = Math.round((samples.length / SAMPLE_RATE) * 1000);
    return await ear({ ...audio, sampleRate: SAMPLE_RATE, durationMs }, samples);
  };
}

export interface DecodeOptions {
  /** Which channel, from 0; "mix": the mean of all. Default 0. */
  readonly channel?: number | "mix";
  /** In Hz; default 16000. */
  readonly sampleRate?: number;
}

/** Samples of one channel of any file, SILK too where its decoder is installed. */
export async function decode(bytes: Uint8Array, options: DecodeOptions = {}): Promise<Int16Array> {
  const { channel = 0, sampleRate = SAMPLE_RATE } = options;
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(10, bytes.length));
  if (head.includes("#!SILK_V3")) {
    const raw = await decodeSilk(bytes, sampleRate);
    return new Int16Array(raw.buffer, raw.byteOffset, raw.byteLength >> 1);
  }
  const filter = channel === "mix" ? [] : ["-af", `pan=mono|c0=c${channel}`];
  const output = ["-ac", "1", "-ar", String(sampleRate), "-f", "s16le", "pipe:1"];
  // From a file: some containers keep their index at the end.
  const folder = await mkdtemp(path.join(tmpdir(), "asr-ear-"));
  try {
    const file = path.join(folder, "heard");
    await writeFile(file, bytes);
    const raw = await runFfmpeg(["-i", file, ...filter, ...output]);
    return new Int16Array(raw.buffer, raw.byteOffset, raw.byteLength >> 1);
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function decodeSilk(bytes: Uint8Array, sampleRate: number): Promise<Uint8Array> {
  const silk = await import("silk-wasm");
  return Uint8Array.from((await silk.decode(bytes, sampleRate)).data);
}

/** What ffmpeg writes to stdout. @throws Error with what it said. */
export async function runFfmpeg(words: readonly string[]): Promise<Uint8Array> {
  const child = spawn("ffmpeg", ["-v", "error", "-nostdin", "-y", ...words], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  const pieces: Buffer[] = [];
  let complaint = "";
  child.stdout.on("data", (piece: Buffer) => pieces.push(piece));
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    complaint += text;
  });
  const [code] = await once(child, "close");
  if (code !== 0) throw new Error(`ffmpeg ${words.join(" ")}: exit ${code}: ${complaint}`);
  return Uint8Array.from(Buffer.concat(pieces));
}
