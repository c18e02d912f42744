/** Headers of MPEG audio frames (ISO/IEC 11172-3, 2.4.2.3; 13818-3 for the lower rates). */

export interface Mp3Header {
  readonly sizeBytes: number;
  readonly sampleRate: number;
  /** Samples of each channel. */
  readonly frameCount: number;
  /** What all frames of a stream have in common: version, layer, sample rate. */
  readonly kind: number;
  readonly isMono: boolean;
  /** Where a Xing or Info tag would be, from the start of the frame (LAME's layout). */
  readonly tagOffset: number;
}

export const MP3_HEADER_BYTES = 4;

/** Bits 11 to 19 of a header: version, layer, no checksum bit; and the rate's two bits. */
const KIND_MASK = 0xfffe_0c00;

/** kbit/s by index: version 1 layers I, II, III; versions 2 and 2.5 layer I, layers II and III. */
const BIT_RATES = {
  v1l1: [0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448],
  v1l2: [0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384],
  v1l3: [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  v2l1: [0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256],
  v2l23: [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
};
const SAMPLE_RATES = [44_100, 48_000, 32_000];

/** By the two version bits: 2.5, reserved, 2, 1. */
const RATE_DIVISORS = [4, undefined, 2, 1];
const MONO = 3;

/** Undefined where no frame begins at `offset`, or one of "free" bit rate, whose size is not said. */
export function readMp3Header(bytes: Uint8Array, offset: number): Mp3Header | undefined {
  const [first = 0, second = 0, third = 0, fourth = 0] = bytes.subarray(offset, offset + 4);
  if (first !== 0xff || (second & 0xe0) !== 0xe0) return undefined;
  const version = (second >> 3) & 3;
  const layer = 4 - ((second >> 1) & 3);
  const divisor = RATE_DIVISORS[version];
  const fullRate = SAMPLE_RATES[(third >> 2) & 3];
  if (divisor === undefined || layer === 4 || fullRate === undefined) return undefined;
  const sampleRate = fullRate / divisor;
  const isFirstVersion = divisor === 1;
  const rates = BIT_RATES[tableOf(isFirstVersion, layer)];
  const bitsPerSecond = (rates[third >> 4] ?? 0) * 1000;
  if (bitsPerSecond === 0) return undefined;
  const padding = (third >> 1) & 1;
  const frameCount = layer === 1 ? 384 : layer === 3 && !isFirstVersion ? 576 : 1152;
  const sizeBytes =
    layer === 1
      ? (Math.floor((12 * bitsPerSecond) / sampleRate) + padding) * 4
      : Math.floor(((frameCount / 8) * bitsPerSecond) / sampleRate) + padding;
  const isMono = fourth >> 6 === MONO;
  const sideBytes = sideInfoBytes(isFirstVersion, isMono);
  const kind = (((first << 24) | (second << 16) | (third << 8)) & KIND_MASK) >>> 0;
  const tagOffset = MP3_HEADER_BYTES + sideBytes;
  return { sizeBytes, sampleRate, frameCount, kind, isMono, tagOffset };
}

function tableOf(isFirstVersion: boolean, layer: number): keyof typeof BIT_RATES {
  if (!isFirstVersion) return layer === 1 ? "v2l1" : "v2l23";
  return layer === 1 ? "v1l1" : layer === 2 ? "v1l2" : "v1l3";
}

function sideInfoBytes(isFirstVersion: boolean, isMono: boolean): number {
  if (isFirstVersion) return isMono ? 17 : 32;
  return isMono ? 9 : 17;
}
