/** The packets of a track, in batches, out of a container that mediabunny reads. */
import type { InputAudioTrack } from "mediabunny";
import { cachedRanges } from "../../cached-ranges.ts";
import type { AudioFacts, ByteSource } from "../../types.ts";
import { formatsOf, loadContainerLibrary } from "../containers.ts";
import { mediaBytes } from "../media-bytes.ts";
import { mediaStream } from "../media-stream.ts";
import { loaded } from "./decoder.ts";

/** About a second of most codecs. */
const BATCH_PACKETS = 50;
const BATCH_BYTES = 256 * 1024;
/** Packets begin further apart than any is long: there is a hole between them. */
const HOLE_SECONDS = 0.15;
const HOLE_STEPS = 3;

export interface PacketBatch {
  readonly packets: readonly Uint8Array[];
  /** When the first of them begins. */
  readonly startSeconds: number;
  /** When the last of them ends, as far as the container says so; of the last batch it tells. */
  readonly endSeconds: number;
}

export interface TrackPackets {
  /** What the decoder has to know first (the codec's own layout), where there is something. */
  readonly description: Uint8Array | undefined;
  batches(): AsyncGenerator<PacketBatch>;
  close(): Promise<void>;
}

/** @throws MissingDecoder; what reading throws; an error of the library where it is damaged. */
export async function openTrackPackets(
  source: ByteSource,
  facts: AudioFacts,
  open: (signal?: AbortSignal) => AsyncIterable<Uint8Array>,
  signal?: AbortSignal,
): Promise<TrackPackets> {
  const library = await loaded(loadContainerLibrary);
  const bytes = await openBytes(library, source, open, signal);
  const file = new library.Input({
    source: bytes.source,
    formats: formatsOf(library, facts.container),
  });
  const close = async () => {
    file.dispose();
    await bytes.close();
  };
  try {
    const tracks = await file.getAudioTracks();
    const track =
      facts.trackIndex === undefined ? await file.getPrimaryAudioTrack() : tracks[facts.trackIndex];
    if (track === null || track === undefined) throw new Error("the track of sound is gone");
    const config = await track.getDecoderConfig();
    return {
      description: asBytes(config?.description),
      batches: () => batches(library, track, bytes.failure),
      close,
    };
  } catch (error) {
    await close();
    throw bytes.failure() ?? error;
  }
}

type Library = Awaited<ReturnType<typeof loadContainerLibrary>>;

async function openBytes(
  library: Library,
  source: ByteSource,
  open: (signal?: AbortSignal) => AsyncIterable<Uint8Array>,
  signal?: AbortSignal,
) {
  if (source.openRanges !== undefined && source.sizeBytes !== undefined) {
    const ranges = cachedRanges(await source.openRanges(signal));
    const media = mediaBytes(library, ranges, source.sizeBytes);
    const close = async () => {
      await media.settled();
      await ranges.close();
    };
    return { source: media.source, failure: media.failure, close };
  }
  return mediaStream(library, open(signal));
}

async function* batches(
  library: Library,
  track: InputAudioTrack,
  failure: () => unknown,
): AsyncGenerator<PacketBatch> {
  let packets: Uint8Array[] = [];
  let sizeBytes = 0;
  let startSeconds = 0;
  let endSeconds = 0;
  let lastSeconds: number | undefined;
  let stepSeconds = HOLE_SECONDS;
  try {
    // Not the sink's own iterator: it reads ahead by what has been taken in the last second.
    const sink = new library.EncodedPacketSink(track);
    let packet = await sink.getFirstPacket();
    for (; packet !== null; packet = await sink.getNextPacket(packet)) {
      const { data, timestamp, duration } = packet;
      const sinceLast = lastSeconds === undefined ? 0 : timestamp - lastSeconds;
      const isHole = sinceLast > Math.max(HOLE_SECONDS, HOLE_STEPS * stepSeconds);
      if (!isHole && sinceLast > 0) stepSeconds = sinceLast;
      if (isHole || packets.length >= BATCH_PACKETS || sizeBytes > BATCH_BYTES) {
        yield { packets, startSeconds, endSeconds };
        packets = [];
        sizeBytes = 0;
      }
      if (packets.length === 0) startSeconds = timestamp;
      packets.push(data);
      sizeBytes += data.length;
      lastSeconds = timestamp;
      endSeconds = timestamp + duration;
    }
  } catch (error) {
    if (packets.length > 0) yield { packets, startSeconds, endSeconds };
    throw failure() ?? error;
  }
  if (packets.length > 0) yield { packets, startSeconds, endSeconds };
}

function asBytes(description: ArrayBufferLike | ArrayBufferView | undefined) {
  if (description === undefined) return undefined;
  if (!ArrayBuffer.isView(description)) return new Uint8Array(description);
  return new Uint8Array(description.buffer, description.byteOffset, description.byteLength);
}
