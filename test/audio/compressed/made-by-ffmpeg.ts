/** Files that ffmpeg makes for one test, and what it hears in them. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { onTestFinished } from "vitest";

export const SPEECH = path.resolve("fixtures/audio/en-librivox-0890.wav");

/** A folder that goes with the test. */
export function folderOfTest(): string {
  const folder = mkdtempSync(path.join(tmpdir(), "asr-audio-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Runs ffmpeg in a folder of its own; the last word names the file. */
export function made(...words: string[]): string {
  const folder = folderOfTest();
  execFileSync("ffmpeg", ["-loglevel", "error", ...words], { cwd: folder });
  return path.join(folder, words.at(-1) ?? "");
}

/** The first channel of a file as ffmpeg itself decodes it. */
export function heard(file: string, sampleRate = 16_000): Float32Array {
  const words = ["-loglevel", "error", "-i", file, "-map", "0:a", "-ar", String(sampleRate)];
  const bytes = execFileSync("ffmpeg", [...words, "-ac", "1", "-f", "f32le", "pipe:1"], {
    maxBuffer: 256 * 1024 * 1024,
  });
  return new Float32Array(new Uint8Array(bytes).buffer);
}
