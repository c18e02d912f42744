/** Vorbis in Ogg by @wasm-audio-decoders/ogg-vorbis, which is given whole pages of one stream. */
import type { AudioFacts } from "../../types.ts";
import { joined, loaded, type Note, type StreamDecoder } from "./decoder.ts";
import { type OggLink, openOgg } from "./ogg.ts";
import { quietly } from "./quiet.ts";

export async function openOggVorbis(_facts: AudioFacts, note: Note): Promise<StreamDecoder> {
  return openOgg({ mark: "\x01vorbis", open: openLink }, note);
}

async function openLink(): Promise<OggLink> {
  const decoder = await loaded(async () => {
    const { OggVorbisDecoder } = await import("@wasm-audio-decoders/ogg-vorbis");
    const made = new OggVorbisDecoder();
    await made.ready;
    return made;
  });
  const flush = () => quietly(() => decoder.flush());
  return {
    async decode(page) {
      const decoded = await quietly(() => decoder.decode(page.bytes));
      return page.isLast ? joined([decoded, await flush()]) : decoded;
    },
    flush,
    free: () => quietly(() => decoder.free()),
  };
}
