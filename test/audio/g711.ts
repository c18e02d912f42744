/** G.711 by its own tables, for files that a telephone system wrote: nothing of `src` in here. */

/** Full scale 32768, of every byte. */
const MU_LAW = Array.from({ length: 256 }, (_, byte) => {
  const bits = ~byte & 0xff;
  const magnitude = (((bits & 0x0f) << 3) + 0x84) << ((bits & 0x70) >> 4);
  return (bits & 0x80) === 0 ? magnitude - 0x84 : 0x84 - magnitude;
});

const A_LAW = Array.from({ length: 256 }, (_, byte) => {
  const bits = byte ^ 0x55;
  const segment = (bits & 0x70) >> 4;
  const step = ((bits & 0x0f) << 4) + 8;
  const magnitude = segment === 0 ? step : (step + 0x100) << (segment - 1);
  return (bits & 0x80) === 0 ? -magnitude : magnitude;
});

/** 16-bit samples as bytes of the law, each the nearest there is. */
export function companded(samples: Int16Array, law: "alaw" | "mulaw"): Uint8Array {
  const values = [...(law === "alaw" ? A_LAW : MU_LAW).entries()].sort(([, a], [, b]) => a - b);
  return Uint8Array.from(samples, (sample) => {
    let low = 0;
    for (let high = values.length - 1; low < high; ) {
      const middle = (low + high) >> 1;
      const [here = 0, next = 0] = [values[middle]?.[1], values[middle + 1]?.[1]];
      if (sample - here > next - sample) low = middle + 1;
      else high = middle;
    }
    return values[low]?.[0] ?? 0;
  });
}
