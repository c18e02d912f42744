/** A-law and mu-law (ITU-T G.711), as tables of 256 samples at full scale ±1. */

/** Table 1a: even bits inverted, 13 bits of magnitude and sign, left-aligned in 16. */
function alawSample(code: number): number {
  const bits = code ^ 0x55;
  const segment = (bits >> 4) & 7;
  const step = ((bits & 15) << 4) + 8;
  const magnitude = segment === 0 ? step : (step + 0x100) << (segment - 1);
  return (bits & 0x80 ? magnitude : -magnitude) / 32768;
}

/** Table 2a: all bits inverted, 14 bits of magnitude and sign with a bias of 33, in 16. */
function mulawSample(code: number): number {
  const bits = ~code & 0xff;
  const magnitude = ((((bits & 15) << 3) + 0x84) << ((bits >> 4) & 7)) - 0x84;
  return (bits & 0x80 ? -magnitude : magnitude) / 32768;
}

export const ALAW_SAMPLES = Float32Array.from({ length: 256 }, (_, code) => alawSample(code));
export const MULAW_SAMPLES = Float32Array.from({ length: 256 }, (_, code) => mulawSample(code));
