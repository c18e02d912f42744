/** Sources of bytes that are in memory, cut as a test likes, and collectors of what comes out. */
import type { AudioBlock, ByteSource, RangeReader } from "../../src/audio/types.ts";

export interface MemoryOptions {
  readonly name?: string;
  /** A pipe: one pass, no size. */
  readonly pipe?: boolean;
  /** Sizes of the chunks, over and over; whole by default. */
  readonly cuts?: readonly number[];
}

export interface MemorySource extends ByteSource {
  /** Passes, and readers of ranges, that are open now. */
  readonly openPasses: () => number;
  readonly readBytes: () => number;
}

export function memorySource(bytes: Uint8Array, options: MemoryOptions = {}): MemorySource {
  let openPasses = 0;
  let readBytes = 0;
  async function* pass(
    signal?: AbortSignal,
    startBytes = 0,
    endBytes = bytes.length,
  ): AsyncGenerator<Uint8Array> {
    openPasses += 1;
    try {
      const cuts = options.cuts ?? [];
      const end = Math.min(endBytes, bytes.length);
      for (let offset = startBytes, turn = 0; offset < end; turn++) {
        signal?.throwIfAborted();
        const size = cuts.length === 0 ? bytes.length : (cuts[turn % cuts.length] ?? 1);
        const chunk = bytes.slice(offset, Math.min(offset + size, end));
        offset += chunk.length;
        readBytes += chunk.length;
        yield chunk;
      }
    } finally {
      openPasses -= 1;
    }
  }
  async function openRanges(signal?: AbortSignal): Promise<RangeReader> {
    openPasses += 1;
    return {
      async read(offsetBytes, lengthBytes) {
        signal?.throwIfAborted();
        const range = bytes.slice(offsetBytes, offsetBytes + lengthBytes);
        readBytes += range.length;
        return range;
      },
      async close() {
        openPasses -= 1;
      },
    };
  }
  return {
    name: options.name ?? "talk.wav",
    reopenable: options.pipe !== true,
    ...(options.pipe ? {} : { sizeBytes: bytes.length }),
    open: (signal) => pass(signal),
    ...(options.pipe ? {} : { openRanges }),
    ...(options.pipe
      ? {}
      : { openStretch: (startBytes, endBytes, signal) => pass(signal, startBytes, endBytes) }),
    openPasses: () => openPasses,
    readBytes: () => readBytes,
  };
}

export async function allBytes(chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const chunk of chunks) parts.push(chunk);
  return new Uint8Array(Buffer.concat(parts));
}

/** The blocks in one. */
export async function allSamples(blocks: AsyncIterable<AudioBlock>): Promise<Float32Array[]> {
  const parts: Float32Array[][] = [];
  for await (const { channelData } of blocks) {
    for (const [channel, samples] of channelData.entries()) {
      const part = parts[channel] ?? [];
      parts[channel] = part;
      part.push(samples);
    }
  }
  return parts.map((part) => Float32Array.from(part.flatMap((samples) => [...samples])));
}

/** Blocks of the lengths given, over and over. */
export async function* blocksOf(
  channelData: readonly Float32Array[],
  cuts: readonly number[] = [4096],
): AsyncGenerator<AudioBlock> {
  const frames = channelData[0]?.length ?? 0;
  for (let offset = 0, turn = 0; offset < frames; turn++) {
    const end = offset + (cuts[turn % cuts.length] ?? 1);
    yield { channelData: channelData.map((samples) => samples.slice(offset, end)) };
    offset = end;
  }
}

export function sine(frequency: number, sampleRate: number, frames: number): Float32Array {
  return Float32Array.from({ length: frames }, (_, frame) =>
    Math.sin((2 * Math.PI * frequency * frame) / sampleRate),
  );
}

/** Waits for an `AsrError` and gives what a user would see of it. */
export async function failure(work: Promise<unknown>): Promise<{ kind: string; text: string }> {
  try {
    await work;
  } catch (error) {
    const { kind, message, details } = error as import("../../src/errors.ts").AsrError;
    return { kind, text: [message, details?.reason, details?.hint].join("\n") };
  }
  throw new Error("nothing failed");
}
