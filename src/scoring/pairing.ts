/** Which hypothesis belongs to which reference: those of one name. */

interface Named {
  /** Path below its folder, with "/" or the system's separator. */
  readonly relativePath: string;
}

export interface Matches<Hypothesis, Reference> {
  readonly pairs: readonly {
    readonly key: string;
    readonly hypothesis: Hypothesis;
    readonly reference: Reference;
  }[];
  /** Hypotheses without a reference. */
  readonly unexpected: readonly Hypothesis[];
  /** References without a hypothesis. */
  readonly missing: readonly Reference[];
}

const EXTENSION = /\.[^./\\]*$/;

/**
 * The name that a file shares with its counterpart: its path without the extension, and without that of
 * the recording in it (`a/1.wav.srt` and `a/1.txt` are both `a/1`).
 */
export function keyOf({ relativePath }: Named, isAudioName: (name: string) => boolean): string {
  const bare = relativePath.replaceAll("\\", "/").replace(EXTENSION, "");
  return (isAudioName(bare) ? bare.replace(EXTENSION, "") : bare).normalize("NFC");
}

/** In the order of the references; of several of one name the first counts. */
export function matchByName<Hypothesis extends Named, Reference extends Named>(
  hypotheses: readonly Hypothesis[],
  references: readonly Reference[],
  isAudioName: (name: string) => boolean,
): Matches<Hypothesis, Reference> {
  const firstByKey = <Item extends Named>(items: readonly Item[]): Map<string, Item> =>
    new Map(items.toReversed().map((item) => [keyOf(item, isAudioName), item] as const));
  const said = firstByKey(hypotheses);
  const meant = firstByKey(references);
  const inOrder = [...new Set(references.map((item) => keyOf(item, isAudioName)))];
  const pairs = inOrder.flatMap((key) => {
    const [hypothesis, reference] = [said.get(key), meant.get(key)];
    return hypothesis === undefined || reference === undefined
      ? []
      : [{ key, hypothesis, reference }];
  });
  return {
    pairs,
    unexpected: [...said].flatMap(([key, item]) => (meant.has(key) ? [] : [item])),
    missing: inOrder.flatMap((key) => {
      const reference = meant.get(key);
      return said.has(key) || reference === undefined ? [] : [reference];
    }),
  };
}
