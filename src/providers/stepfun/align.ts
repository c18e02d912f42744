/**
 * Lays two versions of one text upon each other: first the passages that stand once in each
 * (as patience diff does), then what lies between them, character by character.
 */

/** So long a passage that stands once in each text is the same place in both. */
const PASSAGE = 8;
/** Between those: so many equal characters in a row, within so many, are the same place again. */
const ANCHOR = 3;
const WINDOW = 64;

/** Offsets in the two texts. */
type Pair = readonly [inFrom: number, inTo: number];

/**
 * For each offset in `from` (its end included) the offset in `to` of the same place; rising. What
 * is only in `to` belongs to what stands before it.
 */
export function align(from: string, to: string): Int32Array {
  const places = new Int32Array(from.length + 1).fill(to.length);
  let begin: Pair = [0, 0];
  for (const end of [...commonPassages(from, to), [from.length, to.length] as const]) {
    alignStretch(from, to, begin, end, places);
    begin = end;
  }
  return places;
}

/** Passages that stand once in each text, as many as have the same order in both. */
function commonPassages(from: string, to: string): Pair[] {
  const inTo = passagesOnce(to);
  const pairs: Pair[] = [];
  for (const [passage, offset] of passagesOnce(from)) {
    const other = inTo.get(passage);
    if (offset !== undefined && other !== undefined) pairs.push([offset, other]);
  }
  return longestRising(pairs);
}

/** Each passage with its offset; undefined where it stands more than once. */
function passagesOnce(text: string): Map<string, number | undefined> {
  const offsets = new Map<string, number | undefined>();
  for (let offset = 0; offset + PASSAGE <= text.length; offset++) {
    const passage = text.slice(offset, offset + PASSAGE);
    offsets.set(passage, offsets.has(passage) ? undefined : offset);
  }
  return offsets;
}

/** The longest series of pairs, given by the first offset, in which the second rises too. */
function longestRising(pairs: readonly Pair[]): Pair[] {
  interface Link {
    readonly pair: Pair;
    readonly before: Link | undefined;
  }
  /** The lowest end of a series of each length. */
  const ends: Link[] = [];
  for (const pair of pairs) {
    let low = 0;
    let high = ends.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((ends[middle]?.pair[1] ?? 0) < pair[1]) low = middle + 1;
      else high = middle;
    }
    ends[low] = { pair, before: ends[low - 1] };
  }
  const series: Pair[] = [];
  for (let link = ends.at(-1); link !== undefined; link = link.before) series.push(link.pair);
  return series.reverse();
}

function alignStretch(
  from: string,
  to: string,
  [fromStart, toStart]: Pair,
  [fromEnd, toEnd]: Pair,
  places: Int32Array,
): void {
  let i = fromStart;
  let j = toStart;
  while (i < fromEnd) {
    if (j < toEnd && from[i] === to[j]) {
      places[i++] = j++;
      continue;
    }
    const [skipFrom, skipTo] = nextAnchor(from.slice(i, fromEnd), to.slice(j, toEnd)) ?? [
      fromEnd - i,
      toEnd - j,
    ];
    // What has no counterpart is shared out evenly.
    for (let step = 0; step < skipFrom; step++) {
      places[i + step] = j + Math.round((skipTo * step) / skipFrom);
    }
    i += skipFrom;
    j += skipTo;
  }
}

/** The nearest place where both texts go on alike, as characters to skip in each. */
function nextAnchor(from: string, to: string): Pair | undefined {
  for (let distance = 1; distance <= 2 * WINDOW; distance++) {
    const least = Math.max(0, distance - WINDOW);
    for (let skipFrom = least; skipFrom <= Math.min(distance, WINDOW); skipFrom++) {
      const anchor = from.slice(skipFrom, skipFrom + ANCHOR);
      if (anchor !== "" && to.startsWith(anchor, distance - skipFrom)) {
        return [skipFrom, distance - skipFrom];
      }
    }
  }
  return undefined;
}
