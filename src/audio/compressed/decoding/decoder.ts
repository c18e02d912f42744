/** What stands between a file's bytes and its samples. */
import type { AudioFacts } from "../../types.ts";

/** Samples as a decoder gave them, full scale ±1; whoever gets them may keep and change them. */
export interface Decoded {
  /** One array a channel, all of the same length; none where there is nothing yet. */
  readonly channelData: readonly Float32Array[];
  /** In Hz; means nothing where there are no samples. */
  readonly sampleRate: number;
}

/** What may be odd about the data of a file that decodes all the same. */
export type Oddity = "damaged" | "cut-short";

/** Takes down an oddity met at the place that has been reached. */
export type Note = (oddity: Oddity) => void;

/** Decodes the bytes of a file in order, cut anywhere. A chunk is not held beyond its call. */
export interface StreamDecoder {
  decode(chunk: Uint8Array): Decoded | Promise<Decoded>;
  /** What is left when the file has ended. */
  flush(): Decoded | Promise<Decoded>;
  free(): void;
}

/** Decodes packets as a container keeps them. */
export interface PacketDecoder {
  decode(packets: readonly Uint8Array[]): Decoded | Promise<Decoded>;
  free(): void;
}

/** Makes a decoder for a file of such facts. @throws MissingDecoder */
export type OpenStream = (facts: AudioFacts, note: Note) => Promise<StreamDecoder>;

export const NOTHING: Decoded = { channelData: [], sampleRate: 0 };

/** A decoder's library is not there, or does not start on this machine. */
export class MissingDecoder extends Error {}

/** @throws MissingDecoder where `load` fails. */
export async function loaded<Library>(load: () => Promise<Library>): Promise<Library> {
  try {
    return await load();
  } catch (cause) {
    throw new MissingDecoder("the decoder can't be loaded", { cause });
  }
}

/** Number of samples in each channel. */
export function frameCountOf({ channelData }: Decoded): number {
  return channelData[0]?.length ?? 0;
}

/** The same less `startFrames` in front and all beyond `endFrame`. */
export function trimmed(decoded: Decoded, startFrames: number, endFrame: number): Decoded {
  const { channelData, sampleRate } = decoded;
  if (startFrames <= 0 && endFrame >= frameCountOf(decoded)) return decoded;
  const first = Math.max(0, startFrames);
  const last = Math.max(first, endFrame);
  return { channelData: channelData.map((samples) => samples.subarray(first, last)), sampleRate };
}

/** Parts of one stream end to end; those without samples do not count. */
export function joined(parts: readonly Decoded[]): Decoded {
  const filled = parts.filter((part) => frameCountOf(part) > 0);
  const [first = NOTHING, ...more] = filled;
  if (more.length === 0) return first;
  const frameCount = filled.reduce((sum, part) => sum + frameCountOf(part), 0);
  const channelData = first.channelData.map((_, channel) => {
    const samples = new Float32Array(frameCount);
    let offset = 0;
    for (const part of filled) {
      const piece = part.channelData[channel];
      if (piece !== undefined) samples.set(piece, offset);
      offset += frameCountOf(part);
    }
    return samples;
  });
  return { channelData, sampleRate: first.sampleRate };
}
