/** Replaces stretches of bytes that were cut into pieces, and keeps track of the cuts. Pure. */

/** From `startByte` up to, and without, `endByte`. */
export interface Stretch {
  readonly startByte: number;
  readonly endByte: number;
}

export interface Replaced {
  readonly bytes: Buffer;
  /** Where the pieces end now; one that ended inside a stretch ends after what replaced it. */
  readonly ends: readonly number[];
}

/** @param ends ascending ends of the pieces */
export function replaceBytes(
  bytes: Buffer,
  stretches: readonly Stretch[],
  replacement: Buffer,
  ends: readonly number[],
): Replaced {
  if (stretches.length === 0) return { bytes, ends };
  const merged = mergedStretches(stretches);
  const kept: Buffer[] = [];
  const moved: number[] = [];
  let fromByte = 0;
  let sizeBytes = 0;
  let next = 0;
  const endsUpTo = (limitByte: number, shift: number): void => {
    for (let end = ends[next]; end !== undefined && end <= limitByte; end = ends[++next]) {
      moved.push(end + shift);
    }
  };
  for (const { startByte, endByte } of merged) {
    endsUpTo(startByte, sizeBytes - fromByte);
    kept.push(bytes.subarray(fromByte, startByte), replacement);
    sizeBytes += startByte - fromByte + replacement.length;
    for (let end = ends[next]; end !== undefined && end <= endByte; end = ends[++next]) {
      moved.push(sizeBytes);
    }
    fromByte = endByte;
  }
  endsUpTo(Number.POSITIVE_INFINITY, sizeBytes - fromByte);
  kept.push(bytes.subarray(fromByte));
  return { bytes: Buffer.concat(kept), ends: moved };
}

function mergedStretches(stretches: readonly Stretch[]): Stretch[] {
  const merged: { startByte: number; endByte: number }[] = [];
  for (const { startByte, endByte } of stretches.toSorted((a, b) => a.startByte - b.startByte)) {
    const last = merged.at(-1);
    if (last !== undefined && startByte <= last.endByte) {
      last.endByte = Math.max(last.endByte, endByte);
    } else merged.push({ startByte, endByte });
  }
  return merged;
}
