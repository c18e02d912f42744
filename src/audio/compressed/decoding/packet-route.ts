/** Containers that are taken apart first (Matroska, MPEG-4), and the codecs that come out. */
import { setImmediate as nextTurn } from "node:timers/promises";
import {
  type Decoded,
  frameCountOf,
  type Note,
  type PacketDecoder,
  type StreamDecoder,
  trimmed,
} from "./decoder.ts";
import { openFlacPackets } from "./flac.ts";
import { discardPaddingSeconds } from "./matroska-padding.ts";
import { openMp3 } from "./mp3.ts";
import { openOpus, readOpusHead } from "./opus.ts";
import type { DecodingInput, Route } from "./route.ts";
import { openTrackPackets, type PacketBatch } from "./track-packets.ts";

type OpenPackets = (
  description: Uint8Array | undefined,
  input: DecodingInput,
) => Promise<PacketDecoder>;

/** A hole in time that is filled; Matroska's times are rounded to milliseconds. */
const HOLE_SECONDS = 0.1;

export const opusPackets = packetRoute(async (description, { note }) => {
  const head = description && readOpusHead(description);
  if (head === undefined) throw new Error("the head of the Opus stream is missing or damaged");
  return openOpus(head, note);
});

export const flacPackets = packetRoute((_, { note }) => openFlacPackets(note));

export const mp3Packets = packetRoute(async (_, { facts, note }) =>
  packetsOf(await openMp3(facts, cutsIgnored(note))),
);

function packetRoute(openPackets: OpenPackets): Route {
  return async function* decodePackets(input) {
    const { source, facts, open, signal, note } = input;
    signal?.throwIfAborted();
    const track = await openTrackPackets(source, facts, open, signal);
    let decoder: PacketDecoder | undefined;
    try {
      decoder = await openPackets(track.description, input);
      const timeline = new Timeline(facts.sampleRate, facts.channels);
      let last: { batch: PacketBatch; decoded: Decoded } | undefined;
      for await (const batch of track.batches()) {
        if (last !== undefined) yield timeline.passed(last.decoded);
        yield* timeline.silenceUntil(batch.startSeconds, facts.durationMs);
        last = { batch, decoded: await decoder.decode(batch.packets) };
        await nextTurn();
        signal?.throwIfAborted();
      }
      if (last === undefined) return;
      const isMatroska = facts.container === "webm" || facts.container === "mkv";
      yield isMatroska
        ? lessPadding(last.decoded, await discardPaddingSeconds(source, signal))
        : timeline.endingAt(last.batch.endSeconds, last.decoded);
      if (timeline.isShortOf(last.batch.endSeconds, facts.durationMs)) note("cut-short");
    } finally {
      decoder?.free();
      await track.close();
    }
  };
}

function lessPadding(decoded: Decoded, seconds: number): Decoded {
  const paddingFrames = Math.round(seconds * decoded.sampleRate);
  return trimmed(decoded, 0, Math.max(0, frameCountOf(decoded) - paddingFrames));
}

/** Where the samples that have come out are in the file's time. */
class Timeline {
  readonly #sampleRate: number;
  readonly #channels: number;
  #frameCount = 0;

  constructor(sampleRate: number, channels: number) {
    this.#sampleRate = sampleRate;
    this.#channels = channels;
  }

  passed(decoded: Decoded): Decoded {
    this.#frameCount += frameCountOf(decoded);
    return decoded;
  }

  /** For a track that sets in late or has a hole: nothing else keeps times right. */
  *silenceUntil(seconds: number, durationMs = Number.POSITIVE_INFINITY): Generator<Decoded> {
    const untilSeconds = Math.min(seconds, durationMs / 1000);
    let missing = Math.round(untilSeconds * this.#sampleRate) - this.#frameCount;
    if (missing <= HOLE_SECONDS * this.#sampleRate) return;
    while (missing > 0) {
      const frameCount = Math.min(missing, this.#sampleRate);
      const channelData = Array.from(
        { length: this.#channels },
        () => new Float32Array(frameCount),
      );
      yield this.passed({ channelData, sampleRate: this.#sampleRate });
      missing -= frameCount;
    }
  }

  /** An MPEG-4 file says when its last packet ends, which may be inside it. */
  endingAt(seconds: number, decoded: Decoded): Decoded {
    const left = Math.max(0, Math.round(seconds * this.#sampleRate) - this.#frameCount);
    return trimmed(decoded, 0, Math.min(left, frameCountOf(decoded)));
  }

  isShortOf(endSeconds: number, durationMs: number | undefined): boolean {
    return durationMs !== undefined && durationMs / 1000 - endSeconds > 1;
  }
}

/** The end of a track of packets is where the container says. */
function cutsIgnored(note: Note): Note {
  return (oddity) => {
    if (oddity !== "cut-short") note(oddity);
  };
}

function packetsOf(decoder: StreamDecoder): PacketDecoder {
  return {
    decode: (packets) => decoder.decode(Buffer.concat(packets)),
    free: () => decoder.free(),
  };
}
