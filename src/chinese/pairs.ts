/** OpenCC's dictionaries, as opencc-js packs them. */

export type Pair = readonly [from: string, to: string];

/** Unpacks a dictionary: "from to|from to|…". */
export async function loadPairs(module: Promise<{ readonly default: string }>): Promise<Pair[]> {
  return (await module).default.split("|").map((pair): Pair => {
    const space = pair.indexOf(" ");
    return [pair.slice(0, space), pair.slice(space + 1)];
  });
}
