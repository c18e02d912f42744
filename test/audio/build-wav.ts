/** Makes WAV files of every shape, right or wrong, byte by byte: nothing of `src` in here. */
import type { Encoding } from "../../src/audio/types.ts";

export interface Chunk {
  readonly id: string;
  readonly body: Uint8Array;
  /** What the chunk says its length is, where that is not the truth. */
  readonly saysBytes?: number;
  /** False: no pad byte behind an odd length. */
  readonly padded?: boolean;
}

export interface WavSpec {
  readonly encoding: Exclude<Encoding, "s16be">;
  readonly channels: number;
  readonly sampleRate: number;
  readonly data: Uint8Array;
  readonly container?: "RIFF" | "RF64" | "BW64";
  readonly extensible?: boolean;
  readonly before?: readonly Chunk[];
  readonly after?: readonly Chunk[];
  /** What the data chunk says its length is. */
  readonly saysBytes?: number;
  /** What the ds64 chunk says the length of the data is. */
  readonly ds64SaysBytes?: bigint;
  readonly blockAlign?: number;
  readonly byteRate?: number;
  readonly bits?: number;
  readonly tag?: number;
}

const SHAPES = {
  u8: [1, 8],
  s16le: [1, 16],
  s24le: [1, 24],
  s32le: [1, 32],
  f32le: [3, 32],
  f64le: [3, 64],
  alaw: [6, 8],
  mulaw: [7, 8],
} as const satisfies Record<WavSpec["encoding"], readonly [tag: number, bits: number]>;

/** The encodings that a WAV file of Microsoft's byte order can hold. */
export const WAV_ENCODINGS = Object.keys(SHAPES) as readonly WavSpec["encoding"][];

export function sampleBytes(encoding: WavSpec["encoding"]): number {
  return SHAPES[encoding][1] / 8;
}

export function buildWav(spec: WavSpec): Uint8Array {
  const container = spec.container ?? "RIFF";
  const long = container !== "RIFF";
  const chunks: Chunk[] = [
    ...(long ? [{ id: "ds64", body: ds64Body(spec) }] : []),
    ...(spec.before ?? []),
    { id: "fmt ", body: formatBody(spec) },
    {
      id: "data",
      body: spec.data,
      saysBytes: spec.saysBytes ?? (long ? 0xffffffff : spec.data.length),
    },
    ...(spec.after ?? []),
  ];
  const body = Buffer.concat(chunks.map(chunkBytes));
  const head = Buffer.alloc(12);
  head.write(container, 0, "latin1");
  head.writeUInt32LE(long ? 0xffffffff : body.length + 4, 4);
  head.write("WAVE", 8, "latin1");
  return new Uint8Array(Buffer.concat([head, body]));
}

function chunkBytes(chunk: Chunk): Buffer {
  const head = Buffer.alloc(8);
  head.write(chunk.id, 0, "latin1");
  head.writeUInt32LE(chunk.saysBytes ?? chunk.body.length, 4);
  const padded = chunk.body.length % 2 === 1 && chunk.padded !== false;
  return Buffer.concat([head, chunk.body, Buffer.alloc(padded ? 1 : 0)]);
}

/** Noise that is the same every time; floats stay within ±1. */
export function noiseBytes(
  encoding: WavSpec["encoding"],
  sampleCount: number,
  seed = 1,
): Uint8Array {
  const random = generator(seed);
  const bytes = Buffer.alloc(sampleCount * sampleBytes(encoding));
  for (let index = 0; index < sampleCount; index++) {
    if (encoding === "f32le") bytes.writeFloatLE(random() * 2 - 1, index * 4);
    else if (encoding === "f64le") bytes.writeDoubleLE(random() * 2 - 1, index * 8);
  }
  if (encoding.startsWith("f")) return new Uint8Array(bytes);
  return new Uint8Array(bytes.map(() => Math.floor(random() * 256)));
}

/** Numbers from 0 to 1, the same for a seed (mulberry32). */
export function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function formatBody(spec: WavSpec): Uint8Array {
  const [tag, bits] = SHAPES[spec.encoding];
  const body = Buffer.alloc(spec.extensible ? 40 : 16);
  const blockAlign = spec.blockAlign ?? (spec.channels * bits) / 8;
  body.writeUInt16LE(spec.extensible ? 0xfffe : (spec.tag ?? tag), 0);
  body.writeUInt16LE(spec.channels, 2);
  body.writeUInt32LE(spec.sampleRate, 4);
  body.writeUInt32LE(spec.byteRate ?? (spec.sampleRate * spec.channels * bits) / 8, 8);
  body.writeUInt16LE(blockAlign, 12);
  body.writeUInt16LE(spec.bits ?? bits, 14);
  if (spec.extensible) {
    body.writeUInt16LE(22, 16);
    body.writeUInt16LE(spec.bits ?? bits, 18);
    body.writeUInt16LE(spec.tag ?? tag, 24);
    body.write("000000001000800000aa00389b71", 26, "hex");
  }
  return body;
}

function ds64Body(spec: WavSpec): Uint8Array {
  const body = Buffer.alloc(28);
  body.writeBigUInt64LE(BigInt(spec.data.length) + 100n, 0);
  body.writeBigUInt64LE(spec.ds64SaysBytes ?? BigInt(spec.data.length), 8);
  return body;
}
