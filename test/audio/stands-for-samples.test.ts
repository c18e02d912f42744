import { readFileSync } from "node:fs";
import path from "node:path";
import { Readable } from "node:stream";
import { describe, expect, it } from "vitest";
import { openRecording } from "../../src/audio/open.ts";
import { streamSource } from "../../src/audio/source.ts";
import { AUDIO } from "../cli/run.ts";

const assumed = { sampleRate: 16_000, channels: 1, encoding: "s16le" } as const;
const fixture = (name: string) => readFileSync(path.join(AUDIO, "compressed", name));

const opened = (bytes: Uint8Array) =>
  openRecording(streamSource(Readable.from([Buffer.from(bytes)]), "-"), { assumed });

/** Without tags in front: it begins with a frame. */
function untagged(mp3: Buffer): Buffer {
  if (mp3.toString("latin1", 0, 3) !== "ID3") return mp3;
  const sizeBytes = mp3.subarray(6, 10).reduce((size, byte) => size * 128 + (byte & 127), 0);
  return mp3.subarray(10 + sizeBytes);
}

describe("an input that nobody described", () => {
  it.each([
    ["silence", Buffer.alloc(4000)],
    ["samples of -1", Buffer.from("ffff2a00ffff1100".repeat(500), "hex")],
    ["one sample that looks like ADTS", Buffer.from(`fff14c80${"0100".repeat(2000)}`, "hex")],
    ["speech", readFileSync(path.join(AUDIO, "en-goforward-16k-s16le.raw"))],
  ])("is samples where it is %s", async (_, bytes) => {
    expect((await opened(bytes)).facts).toMatchObject({ container: "pcm", ...assumed });
  });

  it("is what it is where compressed frames follow each other", async () => {
    expect((await opened(untagged(fixture("en-librivox-0890.mp3")))).facts.container).toBe("mp3");
    expect((await opened(fixture("en-librivox-0890-vorbis.ogg"))).facts.container).toBe("ogg");
    expect((await opened(fixture("en-librivox-0890.aac"))).facts.container).toBe("aac");
  });

  it("is refused where it is text", async () => {
    await expect(opened(Buffer.from("hello\n"))).rejects.toMatchObject({ kind: "audio" });
  });
});
