/** Which name was meant. */
import leven from "leven";

/** No name of ours is half as long; the distance costs the product of the lengths. */
const LONGEST_NAME = 100;

/** Edit distance in which exchanging two neighbours counts once. */
function distance(a: string, b: string): number {
  const exchanged = [...a.slice(1)].map(
    (letter, index) => a.slice(0, index) + letter + a[index] + a.slice(index + 2),
  );
  return Math.min(leven(a, b), ...exchanged.map((variant) => 1 + leven(variant, b)));
}

/**
 * The known name nearest to `name`, ignoring case, or undefined where nothing is near: more than
 * a third of the longer name would have to change.
 */
export function nearest(name: string, known: readonly string[]): string | undefined {
  if (name.length > LONGEST_NAME) return undefined;
  const ranked = known
    .map((candidate) => ({ candidate, far: distance(name.toLowerCase(), candidate.toLowerCase()) }))
    .toSorted((a, b) => a.far - b.far);
  const best = ranked[0];
  if (best === undefined) return undefined;
  const longest = Math.max(name.length, best.candidate.length);
  return best.far <= Math.max(1, Math.floor(longest / 3)) ? best.candidate : undefined;
}

/** A hint for an unknown name: the nearest one, or all there are. */
export function hintFor(name: string, known: readonly string[]): string {
  const meant = nearest(name, known);
  if (meant !== undefined) return `did you mean "${meant}"?`;
  return known.length === 0 ? "there is none" : `use one of ${known.join(", ")}`;
}
