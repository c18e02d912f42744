/** What a report's page gets of recordings of each kind. */
import path from "node:path";
import { describe, expect, it } from "vitest";
import { findMediaTools } from "../../../src/audio/compressed/ffmpeg/find.ts";
import { fileSource } from "../../../src/audio/source.ts";
import type { ByteSource } from "../../../src/audio/types.ts";
import { type SoundRequest, soundOf } from "../../../src/jobs/sound/sound-of.ts";
import type { Sound } from "../../../src/transcript/sound.ts";
import { buildWav } from "../../audio/build-wav.ts";
import { failure, memorySource } from "../../audio/sources.ts";
import { AUDIO } from "../../cli/run.ts";
import { itWith } from "../../tools.ts";

const ask = (source: ByteSource, rest: Partial<SoundRequest> = {}): Promise<Sound> =>
  soundOf({
    source,
    pageFolder: AUDIO,
    embeds: true,
    signal: new AbortController().signal,
    ...rest,
  });

const compressed = (name: string): Promise<ByteSource> =>
  fileSource(path.join(AUDIO, "compressed", name));

describe("the sound of a report", () => {
  it("is the recording as it is, where browsers play that", async () => {
    const source = await fileSource(path.join(AUDIO, "en-jfk.wav"));
    const { playback, waveform } = await ask(source);
    expect(playback).toMatchObject({ kind: "embedded", mediaType: "audio/wav", isCopy: false });
    expect(playback.kind === "embedded" && playback.bytes.length).toBe(source.sizeBytes);
    expect(waveform?.durationMs).toBe(11_000);
    expect(waveform?.peaks.length).toBe(1100);
  });

  it.each([
    ["mp3", "audio/mpeg", false],
    ["m4a", "audio/mp4", false],
    ["mp4", "video/mp4", false],
    ["aac", "audio/aac", false],
    ["flac", "audio/flac", false],
    ["webm", "video/webm", false],
    ["amr", "audio/wav", true],
    ["silk", "audio/wav", true],
    ["mkv", "audio/wav", true],
  ])("of %s is %s", async (extension, mediaType, isCopy) => {
    const { playback } = await ask(await compressed(`en-librivox-0890.${extension}`));
    expect(playback).toMatchObject({ kind: "embedded", mediaType, isCopy });
  });

  it.each([
    ["opus", "audio/ogg", false],
    ["vorbis", "audio/ogg", false],
  ])("of Ogg with %s is %s", async (codec, mediaType, isCopy) => {
    const { playback } = await ask(await compressed(`en-librivox-0890-${codec}.ogg`));
    expect(playback).toMatchObject({ kind: "embedded", mediaType, isCopy });
  });

  it("has no waveform where nothing here decodes it, and is heard all the same", async () => {
    const { playback, waveform } = await ask(await compressed("en-librivox-0890.m4a"));
    expect([playback.kind, waveform]).toEqual(["embedded", undefined]);
  });

  it("is a link where nothing here decodes it and no browser plays it", async () => {
    const { playback } = await ask(await compressed("en-librivox-0890-speex.ogg"));
    expect(playback).toMatchObject({ kind: "linked", isPlayable: false });
  });

  itWith("ffmpeg", "has a waveform, or is a copy, of what ffmpeg decodes", async () => {
    const tools = await findMediaTools(process.env, process.platform);
    const rest = tools === undefined ? {} : { tools };
    const aac = await ask(await compressed("en-librivox-0890.aac"), rest);
    expect(Math.max(...(aac.waveform?.peaks ?? []))).toBeGreaterThan(40);
    const speex = await ask(await compressed("en-librivox-0890-speex.ogg"), rest);
    expect(speex.playback).toMatchObject({ mediaType: "audio/wav", isCopy: true });
  });

  it("is a link where embedding is not wanted", async () => {
    const source = await fileSource(path.join(AUDIO, "en-jfk.wav"));
    const { playback } = await ask(source, { embeds: false, pageFolder: path.dirname(AUDIO) });
    expect(playback).toEqual({ kind: "linked", href: "./audio/en-jfk.wav", isPlayable: true });
  });

  it("is a link over 20 MB, and has its waveform", async () => {
    const wav = longWav(20_000_000);
    const long = { ...memorySource(wav), path: "/talks/long one.wav" };
    const { playback, waveform } = await ask(long, { pageFolder: "/talks" });
    expect(playback).toEqual({ kind: "linked", href: "./long%20one.wav", isPlayable: true });
    expect(waveform?.peaks.length).toBeGreaterThan(8000);
  });

  it("is embedded up to 20 MB, to the byte", async () => {
    const { playback } = await ask(memorySource(longWav(20_000_000 - 44)));
    expect(playback.kind === "embedded" && playback.bytes.length).toBe(20_000_000);
  });

  it("is nothing of a pipe that is not to be embedded", async () => {
    const { playback } = await ask(memorySource(longWav(3200)), { embeds: false });
    expect(playback.kind).toBe("none");
  });

  it("is a copy where no browser plays the recording", async () => {
    const raw = { sampleRate: 8000, channels: 2, encoding: "alaw" } as const;
    const { playback } = await ask(memorySource(new Uint8Array(16_000).fill(0x55)), { raw });
    expect(playback).toMatchObject({ kind: "embedded", mediaType: "audio/wav", isCopy: true });
    // One second, one channel, 16 bits.
    expect(playback.kind === "embedded" && playback.bytes.length).toBe(44 + 16_000);
  });

  it("fails with what is no recording", async () => {
    const text = memorySource(Buffer.from("<html>not a sound</html>"));
    expect(await failure(ask(text))).toMatchObject({ kind: "audio" });
  });
});

/** Silence with a header of 44 bytes. */
function longWav(dataBytes: number): Uint8Array {
  return buildWav({
    encoding: "s16le",
    channels: 1,
    sampleRate: 16_000,
    data: new Uint8Array(dataBytes),
  });
}
