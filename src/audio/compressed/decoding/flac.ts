/** FLAC by @wasm-audio-decoders/flac, frame by frame (RFC 9639). */
import type { AudioFacts } from "../../types.ts";
import {
  type Decoded,
  frameCountOf,
  loaded,
  NOTHING,
  type Note,
  type PacketDecoder,
  type StreamDecoder,
} from "./decoder.ts";
import { FlacFrames } from "./flac-frames.ts";
import { type OggLink, openOgg } from "./ogg.ts";
import { OggPackets } from "./ogg-packets.ts";
import type { OggPage } from "./ogg-pages.ts";
import { quietly } from "./quiet.ts";

/** What a 32-bit float holds. */
const MAX_EXACT_BITS = 24;

/** Takes single frames. @throws MissingDecoder */
export async function openFlacPackets(note: Note): Promise<PacketDecoder> {
  const decoder = await loaded(async () => {
    const { FLACDecoder } = await import("@wasm-audio-decoders/flac");
    const made = new FLACDecoder();
    await made.ready;
    return made;
  });
  return {
    async decode(frames): Promise<Decoded> {
      if (frames.length === 0) return NOTHING;
      const { channelData, sampleRate, bitDepth, errors } = await quietly(() =>
        decoder.decodeFrames([...frames]),
      );
      if (errors.length > 0) note("damaged");
      for (const samples of channelData) rescale(samples, bitDepth);
      return { channelData, sampleRate };
    },
    free: () => quietly(() => decoder.free()),
  };
}

/** The library divides by 2^(bits-1) - 1; here full scale is 2^(bits-1), and integers come out exact. */
function rescale(samples: Float32Array, bitDepth: number): void {
  if (bitDepth > MAX_EXACT_BITS) return;
  const fullScale = 2 ** (bitDepth - 1);
  const { length } = samples;
  for (let frame = 0; frame < length; frame++) {
    samples[frame] = Math.round((samples[frame] ?? 0) * (fullScale - 1)) / fullScale;
  }
}

/** A file of its own. @throws MissingDecoder */
export async function openFlac(_facts: AudioFacts, note: Note): Promise<StreamDecoder> {
  const decoder = await openFlacPackets(note);
  const frames = new FlacFrames(note);
  let frameCount = 0;
  const decode = async (found: Uint8Array[]) => {
    const decoded = await decoder.decode(found);
    frameCount += frameCountOf(decoded);
    return decoded;
  };
  return {
    decode: (chunk) => decode(frames.add(chunk)),
    async flush() {
      const rest = await decode(frames.end());
      if (frameCount > 0 && frameCount < frames.saidFrameCount) note("cut-short");
      return rest;
    },
    free: () => decoder.free(),
  };
}

/** In Ogg a packet is a frame, behind the packets of metadata (RFC 9639, 10.1). */
export async function openOggFlac(_facts: AudioFacts, note: Note): Promise<StreamDecoder> {
  const open = async (): Promise<OggLink> => {
    const decoder = await openFlacPackets(note);
    const packets = new OggPackets();
    return {
      decode(page: OggPage, isAfterGap: boolean) {
        if (isAfterGap) packets.forget();
        return decoder.decode(packets.add(page).filter(isFrame));
      },
      free: () => decoder.free(),
    };
  };
  return openOgg({ mark: "\x7fFLAC", open }, note);
}

function isFrame(packet: Uint8Array): boolean {
  return packet[0] === 0xff && ((packet[1] ?? 0) & 0xfc) === 0xf8;
}
