/** The request target, taken apart without forgiving anything. */

export interface RequestUrl {
  /** Path without the query and without the configured prefix. */
  readonly path: string;
  /** Decoded parameters in the order of the wire; a name may stand twice. */
  readonly pairs: readonly (readonly [name: string, value: string])[];
  /** The pairs as a record; of a repeated name, the last. */
  readonly parameters: Readonly<Record<string, string>>;
  /** What is wrong with the query's encoding, one line each. */
  readonly problems: readonly string[];
}

/**
 * Splits a request target. Values must be percent-encoded UTF-8 as `encodeURIComponent` writes
 * them (FACTS, "Tencent, all APIs"); anything else is served but named in `problems`.
 *
 * @param prefix path prefix of a gateway, e.g. "/gw"; a path without it comes back unchanged
 *   behind a leading "!", which no route matches.
 */
export function parseRequestUrl(target: string, prefix = ""): RequestUrl {
  const questionMark = target.indexOf("?");
  const wholePath = questionMark < 0 ? target : target.slice(0, questionMark);
  const query = questionMark < 0 ? "" : target.slice(questionMark + 1);
  const problems: string[] = [];
  const pairs: [string, string][] = [];
  for (const part of query === "" ? [] : query.split("&")) {
    const equals = part.indexOf("=");
    const wireName = equals < 0 ? part : part.slice(0, equals);
    const wireValue = equals < 0 ? "" : part.slice(equals + 1);
    if (equals < 0) problems.push(`parameter "${part}" has no "="`);
    const name = decode(wireName, problems);
    const value = decode(wireValue, problems);
    if (pairs.some(([known]) => known === name)) problems.push(`parameter "${name}" stands twice`);
    pairs.push([name, value]);
  }
  return {
    path: wholePath.startsWith(prefix) ? wholePath.slice(prefix.length) : `!${wholePath}`,
    pairs,
    parameters: Object.fromEntries(pairs),
    problems,
  };
}

function decode(wire: string, problems: string[]): string {
  try {
    const decoded = decodeURIComponent(wire);
    if (encodeURIComponent(decoded) !== wire) {
      problems.push(`"${wire}" is not percent-encoded as encodeURIComponent does it`);
    }
    return decoded;
  } catch {
    problems.push(`"${wire}" is not percent-encoded UTF-8`);
    return wire;
  }
}
