/** The compressed recordings, and what is known of them. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import type { AudioFacts } from "../../../src/audio/types.ts";

const FOLDER = fileURLToPath(new URL("../../../fixtures/audio/compressed/", import.meta.url));

/** What each file holds; all are made from 5300 ms of sound (fixtures/audio/SOURCES.md). */
export const COMPRESSED: Readonly<Record<string, Partial<AudioFacts>>> = {
  "en-librivox-0890.mp3": { container: "mp3", encoding: "mp3", sampleRate: 16_000, channels: 1 },
  "en-librivox-0890-stereo.mp3": {
    container: "mp3",
    encoding: "mp3",
    sampleRate: 16_000,
    channels: 2,
  },
  "en-librivox-0890.m4a": { container: "m4a", encoding: "aac", sampleRate: 16_000, channels: 1 },
  "en-librivox-0890.aac": { container: "aac", encoding: "aac", sampleRate: 16_000, channels: 1 },
  "en-librivox-0890-opus.ogg": {
    container: "ogg",
    encoding: "opus",
    sampleRate: 48_000,
    channels: 1,
  },
  "en-librivox-0890-vorbis.ogg": {
    container: "ogg",
    encoding: "vorbis",
    sampleRate: 16_000,
    channels: 1,
  },
  "en-librivox-0890-speex.ogg": {
    container: "ogg",
    encoding: "speex",
    sampleRate: 16_000,
    channels: 1,
  },
  "en-librivox-0890.flac": { container: "flac", encoding: "flac", sampleRate: 16_000, channels: 1 },
  "en-librivox-0890.webm": { container: "webm", encoding: "opus", sampleRate: 48_000, channels: 1 },
  "en-librivox-0890.mkv": { container: "mkv", encoding: "opus", sampleRate: 48_000, channels: 1 },
  "en-librivox-0890.mp4": { container: "mp4", encoding: "aac", sampleRate: 16_000, channels: 1 },
  "en-librivox-0890-wb.amr": { container: "amr", encoding: "amr", sampleRate: 16_000, channels: 1 },
  "en-librivox-0890.amr": { container: "amr", encoding: "amr", sampleRate: 8000, channels: 1 },
  "en-librivox-0890.silk": { container: "silk", encoding: "silk", sampleRate: 16_000, channels: 1 },
};

export const COMPRESSED_NAMES = Object.keys(COMPRESSED);

/** What each file holds that only ffmpeg reads; made from the same sound. */
export const FOREIGN: Readonly<Record<string, Partial<AudioFacts>>> = {
  "en-librivox-0890.avi": {
    ...{ container: "other", otherContainer: "avi" },
    ...{ encoding: "other", otherEncoding: "mp3" },
  },
  "en-librivox-0890.caf": {
    ...{ container: "other", otherContainer: "caf" },
    ...{ encoding: "other", otherEncoding: "adpcm_ima_qt" },
  },
  "en-librivox-0890-adpcm.wav": {
    container: "wav",
    ...{ encoding: "other", otherEncoding: "adpcm_ima_wav" },
  },
};

export const FOREIGN_NAMES = Object.keys(FOREIGN);

export function compressedPath(name: string): string {
  return path.join(FOLDER, name);
}

export function compressedBytes(name: string): Uint8Array {
  return new Uint8Array(readFileSync(compressedPath(name)));
}
