/** Copies coded packets from a file to another, at their times. */
import type { Input, InputAudioTrack, Output } from "mediabunny";
import type { AudioFacts, Container } from "../types.ts";
import type { ContainerLibrary } from "./containers.ts";
import { uncopiedError } from "./errors.ts";

/** Packets that follow each other less closely leave a hole, which no decoder would hear. */
const GAP_SECONDS = 0.1;

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
  let endSeconds = packet?.timestamp ?? 0;
  while (packet !== null) {
    check();
    const { timestamp, duration } = packet;
    if (timestamp - endSeconds > GAP_SECONDS) {
      throw uncopiedError(name, `nothing was recorded at ${timestamp.toFixed(1)} s`);
    }
    endSeconds = timestamp + duration;
    await written.add(packet.clone({ timestamp: timestamp - shiftSeconds }), { decoderConfig });
    packet = await packets.getNextPacket(packet);
  }
  check();
  await output.finalize();
}

/** The first packet comes at 0. Of MP4, what lies before 0 is cut off on playing, and stays there. */
async function shiftOf({ container }: Copy, track: InputAudioTrack): Promise<number> {
  const startSeconds = await track.getFirstTimestamp();
  return container === "m4a" ? Math.max(0, startSeconds) : startSeconds;
}
