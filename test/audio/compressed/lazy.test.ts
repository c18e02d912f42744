import { describe, expect, it, vi } from "vitest";
import { openRecording } from "../../../src/audio/open.ts";
import { buildWav, noiseBytes } from "../build-wav.ts";
import { memorySource } from "../sources.ts";
import { compressedBytes } from "./fixtures.ts";

const loaded = vi.hoisted(() => ({ count: 0 }));
vi.mock("mediabunny", async (original) => {
  loaded.count++;
  return original();
});

describe("the library for containers", () => {
  it("is loaded only when such a file comes", async () => {
    const data = noiseBytes("s16le", 100);
    const wav = buildWav({ encoding: "s16le", channels: 1, sampleRate: 8000, data });
    await openRecording(memorySource(wav));
    for (const name of ["en-librivox-0890.amr", "en-librivox-0890.silk"]) {
      await openRecording(memorySource(compressedBytes(name)));
    }
    await openRecording(memorySource(compressedBytes("en-librivox-0890-speex.ogg")));
    expect(loaded.count).toBe(0);
    await openRecording(memorySource(compressedBytes("en-librivox-0890.mp3")));
    expect(loaded.count).toBe(1);
  });
});
