/** What a completion can be. */

export interface Candidate {
  readonly value: string;
  /** One line, shown beside it; may be empty. */
  readonly help: string;
}

/** Words to choose from, or what is on the disk: the shell knows that better. */
export type Completion =
  | { readonly kind: "words"; readonly words: readonly Candidate[] }
  | { readonly kind: "files" | "folders" };

/** What the providers of a line take. */
export interface ProviderNames {
  readonly models: readonly string[];
  /** BCP 47 tags, or `*` for any. */
  readonly languages: readonly string[];
  readonly parameters: readonly { readonly name: string; readonly help: string }[];
}

export const words = (candidates: readonly Candidate[]): Completion => ({
  kind: "words",
  words: candidates,
});

export const plain = (values: readonly string[]): Completion =>
  words(values.map((value) => ({ value, help: "" })));

export const NOTHING = plain([]);
