/** Copies coded packets from a file to another, at their times. */
import type { EncodedPacket, Input, InputAudioTrack, Output } from "mediabunny";
import type { AudioFacts, Container } from "../types.ts";
import type { ContainerLibrary } from "./containers.ts";
import { uncopiedError } from "./errors.ts";

/** A larger hole between packets shifts what is behind it: decoders put packets end to end. */
const HOLE_SECONDS = 0.1;

/** Samples in the longest packet of each codec; of Opus every packet says it. */
const LONGEST_SAMPLES: Readonly<Partial<Record<AudioFacts["encoding"], number>>> = {
  aac: 2048,
  mp3: 1152,
  vorbis: 8192,
  flac: 65_535,
};

export interface Copy {
  readonly library: ContainerLibrary;
  readonly file: Input;
  readonly output: Output;
  readonly facts: AudioFacts;
  readonly container: Container;
  readonly name: string;
  /** Throws where the copying is to stop. */
  readonly check: () => void;
}

/**
 * @throws AsrError kind "audio" where there is a hole in the track: copied, all behind it would
 *   come too early. What the library throws.
 */
export async function copyPackets(copy: Copy): Promise<void> {
  const { library, file, output, facts, name, check } = copy;
  const track = (await file.getAudioTracks())[facts.trackIndex ?? 0];
  const codec = await track?.getCodec();
  const decoderConfig = await track?.getDecoderConfig();
  if (!track || !codec || !decoderConfig) throw uncopiedError(name, "there is no such track");
  const packets = new library.EncodedPacketSink(track);
  const written = new library.EncodedAudioPacketSource(codec);
  output.addAudioTrack(written);
  await output.start();
  const shiftSeconds = await shiftOf(copy, track);
  let packet = await packets.getFirstPacket();
  const holes = holeFinder(facts);
  while (packet !== null) {
    check();
    const { timestamp } = packet;
    if (holes(packet)) {
      throw uncopiedError(name, `nothing was recorded just before ${timestamp.toFixed(1)} s`);
    }
    await written.add(packet.clone({ timestamp: timestamp - shiftSeconds }), { decoderConfig });
    packet = await packets.getNextPacket(packet);
  }
  check();
  await output.finalize();
}

/**
 * Says of each packet whether there is a hole before it. Durations are not asked for: what
 * Matroska does not say of a packet reaches to the next.
 */
function holeFinder({ encoding, sampleRate }: AudioFacts): (packet: EncodedPacket) => boolean {
  const longestSeconds = (LONGEST_SAMPLES[encoding] ?? 0) / sampleRate;
  let endSeconds: number | undefined;
  return ({ timestamp, data }) => {
    const isHole = endSeconds !== undefined && timestamp - endSeconds > HOLE_SECONDS;
    endSeconds =
      encoding === "opus"
        ? (endSeconds ?? timestamp) + opusPacketMs(data) / 1000
        : timestamp + longestSeconds;
    return isHole;
  };
}

/** By the first byte, and by the second where it counts frames (RFC 6716, 3.1 and 3.2). */
function opusPacketMs(packet: Uint8Array): number {
  const [first = 0, second = 0] = packet;
  const configuration = first >> 3;
  const frameMs =
    configuration < 12
      ? ([10, 20, 40, 60][configuration % 4] ?? 0)
      : configuration < 16
        ? ([10, 20][configuration % 2] ?? 0)
        : ([2.5, 5, 10, 20][configuration % 4] ?? 0);
  const frameCount = [1, 2, 2, second & 63][first & 3] ?? 0;
  return frameMs * frameCount;
}

/** The first packet comes at 0. Of MP4, what lies before 0 is cut off on playing, and stays there. */
async function shiftOf({ container }: Copy, track: InputAudioTrack): Promise<number> {
  const startSeconds = await track.getFirstTimestamp();
  return container === "m4a" ? Math.max(0, startSeconds) : startSeconds;
}
