/** Opus in Ogg (RFC 7845). */
import type { AudioFacts } from "../../types.ts";
import { frameCountOf, NOTHING, type Note, type StreamDecoder, trimmed } from "./decoder.ts";
import { type OggLink, openOgg } from "./ogg.ts";
import { OggPackets } from "./ogg-packets.ts";
import type { OggPage } from "./ogg-pages.ts";
import { openOpus, readOpusHead } from "./opus.ts";

export async function openOggOpus(_facts: AudioFacts, note: Note): Promise<StreamDecoder> {
  return openOgg({ mark: "OpusHead", open: (firstPage) => openLink(firstPage, note) }, note);
}

async function openLink(firstPage: OggPage, note: Note): Promise<OggLink> {
  const head = readOpusHead(firstPage.body);
  if (head === undefined) throw new Error("the head of the Opus stream is damaged");
  const decoder = await openOpus(head, note);
  const packets = new OggPackets();
  /** The head, and the comments. */
  let headersLeft = 2;
  let granule = 0;
  let leadFrames = head.preSkip;
  return {
    async decode(page, isAfterGap) {
      if (isAfterGap) packets.forget();
      const found = packets.add(page);
      const skipped = Math.min(headersLeft, found.length);
      headersLeft -= skipped;
      const sound = found.slice(skipped);
      if (sound.length === 0) return NOTHING;
      const decoded = await decoder.decode(sound);
      const lastGranule = granule;
      if (page.granule >= 0) granule = page.granule;
      const lead = leadFrames;
      leadFrames = 0;
      // The last page says how much of its last packet counts (4.4).
      if (!page.isLast) return decoded;
      const wantedFrames = page.granule - lastGranule - lead;
      return trimmed(decoded, 0, Math.min(frameCountOf(decoded), Math.max(0, wantedFrames)));
    },
    free: () => decoder.free(),
  };
}
