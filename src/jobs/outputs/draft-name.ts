/** What a result is called while it is not whole. */

/**
 * It does not hold the name that the result will have: that one may be as long as a name can be.
 *
 * @param unique of {@link draftNames}
 */
export function draftName(unique: string): string {
  return `.asr-${unique}.part`;
}

/** Makes names that no other draft has. @param run random hex, another for each run */
export function draftNames(run: string): () => string {
  let count = 0;
  return () => `${run}-${(count++).toString(36)}`;
}

/** Those of a folder's files that are drafts of a run. */
export function draftsOf(names: readonly string[], run: string): string[] {
  return names.filter((name) => name.startsWith(`.asr-${run}-`) && name.endsWith(".part"));
}
