/** The `fmt ` chunk: how the samples of a WAV file are written. */
import { AsrError, audioError } from "../../errors.ts";
import type { Encoding } from "../types.ts";
import { describeFormatTag, isKnownFormatTag } from "./format-tags.ts";

/** Bytes of the chunk that are looked at: WAVEFORMATEXTENSIBLE. */
export const FORMAT_CHUNK_BYTES = 40;

const PCM = 0x0001;
const FLOAT = 0x0003;
const ALAW = 0x0006;
const MULAW = 0x0007;
const EXTENSIBLE = 0xfffe;

/** What follows the format tag in a SubFormat GUID: Microsoft's, and Ambisonic B-format's. */
const SUBFORMAT_TAILS: readonly string[] = [
  "000000001000800000aa00389b71",
  "00002107d3118644c8c1ca000000",
];

const MAX_CHANNELS = 1024;
const MAX_SAMPLE_RATE = 768_000;

export interface WavFormat {
  readonly encoding: Encoding;
  readonly sampleRate: number;
  readonly channels: number;
}

/**
 * Reads a `fmt ` chunk (Microsoft, "Multiple Channel Audio Data and WAVE Files"). Block size and
 * byte rate are not looked at: writers get them wrong, and bits and channels say it all. The
 * count of valid bits is not needed either, since samples are left-aligned in their containers.
 *
 * @param littleEndian false in a RIFX file.
 * @throws AsrError kind "audio" where the chunk is cut short, out of bounds or of a format that
 *   is not decoded here.
 */
export function readFormat(chunk: Uint8Array, littleEndian: boolean, name: string): WavFormat {
  if (chunk.length < 16) throw damaged(name, `its fmt chunk has ${chunk.length} of 16 bytes`);
  const view = new DataView(chunk.buffer, chunk.byteOffset, chunk.length);
  const channels = view.getUint16(2, littleEndian);
  const sampleRate = view.getUint32(4, littleEndian);
  const bits = view.getUint16(14, littleEndian);
  if (channels < 1 || channels > MAX_CHANNELS) throw damaged(name, `it says ${channels} channels`);
  if (sampleRate < 1 || sampleRate > MAX_SAMPLE_RATE) {
    throw damaged(name, `it says a sample rate of ${sampleRate} Hz`);
  }
  const shape = { sampleRate, channels };
  const tag = sampleTag(chunk, view, littleEndian, name);
  if (tag === undefined) {
    const guid = Buffer.from(chunk.subarray(24, 40)).toString("hex");
    throw new CompressedWavError(name, `SubFormat ${guid}`, { ...shape, isKnown: false });
  }
  const encoding = littleEndian ? littleEndianEncoding(tag, bits) : bigEndianEncoding(tag, bits);
  if (encoding !== undefined) return { encoding, ...shape };
  if (tag !== PCM && tag !== FLOAT) {
    const isKnown = isKnownFormatTag(tag);
    throw new CompressedWavError(name, describeFormatTag(tag), { ...shape, isKnown });
  }
  const kind = tag === PCM ? "integer" : "floating-point";
  const order = littleEndian ? "" : "big-endian ";
  throw undecoded(name, `${order}${kind} samples of ${bits} bits`);
}

/** Undefined for a SubFormat that is no format tag. */
function sampleTag(
  chunk: Uint8Array,
  view: DataView,
  littleEndian: boolean,
  name: string,
): number | undefined {
  const tag = view.getUint16(0, littleEndian);
  if (tag !== EXTENSIBLE) return tag;
  if (chunk.length < FORMAT_CHUNK_BYTES) {
    throw damaged(
      name,
      "its fmt chunk ends before the SubFormat that says how samples are written",
    );
  }
  const tail = Buffer.from(chunk.subarray(26, 40)).toString("hex");
  return SUBFORMAT_TAILS.includes(tail) ? view.getUint16(24, littleEndian) : undefined;
}

/** PCM of any other width sits in the next whole bytes. */
function littleEndianEncoding(tag: number, bits: number): Encoding | undefined {
  if (tag === ALAW) return "alaw";
  if (tag === MULAW) return "mulaw";
  if (tag === FLOAT) return bits === 32 ? "f32le" : bits === 64 ? "f64le" : undefined;
  if (tag !== PCM) return undefined;
  return ([undefined, "u8", "s16le", "s24le", "s32le"] as const)[Math.ceil(bits / 8)];
}

function bigEndianEncoding(tag: number, bits: number): Encoding | undefined {
  const encoding = littleEndianEncoding(tag, bits);
  if (encoding === "s16le") return "s16be";
  return encoding === "u8" || encoding === "alaw" || encoding === "mulaw" ? encoding : undefined;
}

/** For what stands in a header, or is missing there, against the format. */
export function damaged(name: string, reason: string): Error {
  return audioError(
    `${name}: its WAV header is damaged`,
    "export it again, or repair it: ffmpeg -i IN -c:a pcm_s16le OUT.wav",
    reason,
  );
}

/** What the header says besides the codec. */
export interface CompressedWav extends Pick<WavFormat, "sampleRate" | "channels"> {
  /** Whether the codec is one that exists. */
  readonly isKnown: boolean;
}

/** What ffmpeg may decode: the samples are compressed, by a codec that the header names. */
export class CompressedWavError extends AsrError {
  /** "a WAV file with IMA ADPCM (format tag 0x0011)". */
  readonly title: string;
  readonly format: CompressedWav;

  constructor(name: string, found: string, format: CompressedWav) {
    const { message, details } = undecoded(name, found);
    super("audio", message, details);
    this.title = titleOf(found);
    this.format = format;
  }
}

function undecoded(name: string, found: string): AsrError {
  return audioError(
    `${name}: ${titleOf(found)}, which is not decoded here`,
    "install ffmpeg, or convert it elsewhere: ffmpeg -i IN -c:a pcm_s16le OUT.wav",
    "integer PCM of 8 to 32 bits, 32 and 64 bit float, A-law and mu-law are",
  );
}

function titleOf(found: string): string {
  return `a WAV file with ${found}`;
}
