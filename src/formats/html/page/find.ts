/** Search in a text, whatever its case. */

export interface Hit {
  /** Offsets in the text, in UTF-16 code units. */
  readonly start: number;
  readonly end: number;
}

/** A text in lower case, with the place of each of its code units in the text it was made of. */
export interface FoldedText {
  readonly text: string;
  readonly places: readonly number[];
}

/** By characters, for some grow: "İ" in lower case is two. Width is folded too: "ＡＢＣ" is "abc". */
export function folded(text: string): FoldedText {
  const places: number[] = [];
  let lower = "";
  let place = 0;
  for (const character of text) {
    const small = character.normalize("NFKC").toLowerCase();
    for (let unit = 0; unit < small.length; unit++) places.push(place);
    lower += small;
    place += character.length;
  }
  places.push(place);
  return { text: lower, places };
}

/** All places, none within another, in order. An empty query is nowhere. */
export function hitsOf(query: string, { text, places }: FoldedText): Hit[] {
  const wanted = folded(query).text;
  const hits: Hit[] = [];
  if (wanted === "") return hits;
  for (let at = text.indexOf(wanted); at !== -1; at = text.indexOf(wanted, at + wanted.length)) {
    const start = places[at] ?? 0;
    // A character that became several is a hit as a whole.
    let after = at + wanted.length;
    while (places[after] === places[after - 1]) after += 1;
    hits.push({ start, end: places[after] ?? start });
  }
  return hits;
}
