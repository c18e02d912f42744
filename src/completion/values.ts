/** What the value of an option can be. */
import type { OptionRow } from "../settings/options.ts";
import type { ValueType } from "../settings/value.ts";
import {
  type Candidate,
  type Completion,
  NOTHING,
  type ProviderNames,
  plain,
  words,
} from "./candidates.ts";
import type { Line } from "./line.ts";

/** What must be known beside the option table. */
export interface CompletionSources {
  readonly providers: readonly { readonly id: string; readonly title: string }[];
  /** Of the providers that the line, or else the settings, name: what all of them take. */
  namesFor(line: Line): Promise<ProviderNames>;
}

/** What stands where the help says so, of an option's value or an operand. */
const PLACES: Readonly<Record<string, "files" | "folders">> = {
  FILE: "files",
  PATH: "files",
  INPUT: "files",
  DIR: "folders",
  OUT: "folders",
  FOLDER: "folders",
};

/** @param argument as the help calls it */
export function placeCompletion(argument: string): Completion {
  const kind = PLACES[argument];
  return kind === undefined ? NOTHING : { kind };
}

export const providerCandidates = ({ providers }: CompletionSources): readonly Candidate[] =>
  providers.map(({ id, title }) => ({ value: id, help: title }));

/** Values that depend on more than the option, by its key. */
const BY_KEY: Readonly<
  Record<string, (text: string, line: Line, sources: CompletionSources) => Promise<Completion>>
> = {
  async model(text, line, sources) {
    // For the local recogniser it may be a folder.
    if (/^[.~]|[/\\]/.test(text)) return { kind: "folders" };
    return plain((await sources.namesFor(line)).models);
  },
  async language(_, line, sources) {
    const { languages } = await sources.namesFor(line);
    const names = new Intl.DisplayNames(["en"], { type: "language" });
    return words(
      languages
        .filter((tag) => tag !== "*")
        .map((tag) => ({ value: tag, help: tag === "auto" ? "" : (names.of(tag) ?? "") })),
    );
  },
  async set(_, line, sources) {
    const { parameters } = await sources.namesFor(line);
    return words(parameters.map(({ name, help }) => ({ value: `${name}=`, help })));
  },
  async output(_, { operands, given }) {
    const isSeveral = operands.length > 1 || operands.some((operand) => operand.endsWith("/"));
    return { kind: isSeveral || given.has("--from") ? "folders" : "files" };
  },
};

function ofType(type: ValueType, sources: CompletionSources): readonly Candidate[] {
  switch (type.kind) {
    case "list":
      return ofType(type.of, sources);
    case "provider":
      return providerCandidates(sources);
    case "enum":
    case "enumOrNumber":
      return type.values.map((value) => ({ value, help: "" }));
    default:
      return [];
  }
}

/**
 * @param text what is typed of the value
 * @returns whole values; of a list with the items before the last comma
 */
export async function valueCompletion(
  row: OptionRow,
  text: string,
  line: Line,
  sources: CompletionSources,
): Promise<Completion> {
  const special = BY_KEY[row.key];
  if (special !== undefined) return special(text, line, sources);
  const candidates = ofType(row.value, sources);
  if (candidates.length === 0) return placeCompletion(row.argument ?? "");
  if (row.value.kind !== "list" || row.repeatable === true) return words(candidates);
  const before = text.slice(0, text.lastIndexOf(",") + 1);
  const chosen = before.split(",");
  return words(
    candidates
      .filter(({ value }) => !chosen.includes(value))
      .map(({ value, help }) => ({ value: before + value, help })),
  );
}
