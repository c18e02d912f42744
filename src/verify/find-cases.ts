/** Which cases a folder holds, by the names of its files. */
import path from "node:path/posix";
import { usageError } from "../errors.ts";
import { formatOfExtension } from "../formats/table.ts";
import { hintFor } from "../settings/nearest.ts";
import { millisecondsOf } from "../transcript/time.ts";
import type { Case, Expectation } from "./case.ts";
import type { CaseFile } from "./case-file.ts";

/** `case.yaml`, or `NAME.case.yaml`. */
const CASE_FILE = /(?:^|[./])case\.ya?ml$/;
const EXPECTED = /^(.+)\.expected\.([^./]+)$/;
const CASSETTE = /^(.+)\.cassette\/[^/]+$/;

export function isCaseFile(file: string): boolean {
  return CASE_FILE.test(file);
}

/** What may be the recording of a case by convention. */
interface Gathered {
  audio: string[];
  expected: Expectation[];
  hasCassette: boolean;
}

export interface Listing {
  /** Below the folder, with "/". */
  readonly files: readonly string[];
  /** By path. */
  readonly caseFiles: ReadonlyMap<string, CaseFile>;
  readonly isAudioName: (name: string) => boolean;
}

/**
 * Cases in the order of their names: first what `case.yaml` files declare, and beside them every
 * `NAME.wav` (or other recording) with `NAME.expected.*` or `NAME.cassette/`.
 *
 * @throws AsrError kind "usage" for an expectation of no known format, one without a recording,
 *   and two cases of one name
 */
export function casesIn({ files, caseFiles, isAudioName }: Listing): Case[] {
  const known = new Set(files);
  const folders = new Set(files.map((file) => path.dirname(file)));
  const declared = [...caseFiles].map(([file, said]) => declaredCase(file, said, files, folders));
  const names = new Set(declared.map(({ name }) => name));
  const taken = new Set(
    declared.flatMap(({ audio, expected }) => [audio, ...expected.map((one) => one.path)]),
  );
  const cassettes = new Set(declared.map(({ cassette }) => cassette));
  const isFree = (file: string): boolean =>
    !taken.has(file) && !cassettes.has(path.dirname(file)) && !isCaseFile(file);
  const conventional = [...gathered([...known].filter(isFree), isAudioName)].flatMap(
    ([name, found]) => (names.has(name) ? [] : (conventionalCase(name, found) ?? [])),
  );
  const cases = [...declared, ...conventional].sort((a, b) => (a.name < b.name ? -1 : 1));
  cases.forEach(({ name, file }, index) => {
    const other = cases[index + 1];
    if (other?.name !== name) return;
    throw usageError(
      `two cases are called ${name}`,
      "rename one of them",
      `${file}, ${other.file}`,
    );
  });
  return cases;
}

function declaredCase(
  file: string,
  said: CaseFile,
  files: readonly string[],
  folders: ReadonlySet<string>,
): Case {
  const folder = path.dirname(file);
  const name = file.replace(/\/?\.?case\.ya?ml$/, "");
  const at = (relative: string): string => path.join(folder, relative);
  const isNamed = path.basename(file).includes(".case.");
  const cassette = at(said.cassette ?? (isNamed ? `${path.basename(name)}.cassette` : "cassette"));
  const prefix = isNamed ? `${name}.expected.` : at("expected.");
  const expected =
    said.expected.length > 0
      ? said.expected.map(at)
      : files.filter((one) => one.startsWith(prefix));
  const { provider, reference, maxMixed, maxWer, maxCer, cueToleranceSeconds } = said;
  return {
    name: name === "" ? "case" : name,
    file,
    audio: at(said.audio),
    ...(provider === undefined ? {} : { provider }),
    options: said.options,
    cassette,
    hasCassette: folders.has(cassette),
    expected: expected.map(expectation),
    ...(reference === undefined ? {} : { reference: at(reference) }),
    thresholds: {
      ...(maxMixed === undefined ? {} : { maxMixed }),
      ...(maxWer === undefined ? {} : { maxWer }),
      ...(maxCer === undefined ? {} : { maxCer }),
    },
    ...(cueToleranceSeconds === undefined
      ? {}
      : { cueToleranceMs: millisecondsOf(cueToleranceSeconds) }),
    normalize: said.normalize,
    tags: said.tags,
  };
}

function expectation(file: string): Expectation {
  const extension = path.extname(file).slice(1);
  const format = formatOfExtension(extension);
  if (format !== undefined) return { path: file, format: format.name };
  throw usageError(
    `${file} has the extension of no transcript format`,
    hintFor(extension, ["txt", "srt", "vtt", "json", "jsonl", "tsv", "lrc"]),
  );
}

function gathered(
  files: readonly string[],
  isAudioName: (name: string) => boolean,
): ReadonlyMap<string, Gathered> {
  const byName = new Map<string, Gathered>();
  const of = (name: string): Gathered => {
    const found = byName.get(name) ?? { audio: [], expected: [], hasCassette: false };
    byName.set(name, found);
    return found;
  };
  for (const file of files) {
    const [, cassetteName] = CASSETTE.exec(file) ?? [];
    const [, expectedName] = EXPECTED.exec(file) ?? [];
    if (cassetteName !== undefined) of(cassetteName).hasCassette = true;
    else if (expectedName !== undefined) of(expectedName).expected.push(expectation(file));
    else if (isAudioName(file)) of(file.slice(0, -path.extname(file).length)).audio.push(file);
  }
  return byName;
}

function conventionalCase(
  name: string,
  { audio: [audio, other], expected, hasCassette }: Gathered,
): Case | undefined {
  if (expected.length === 0 && !hasCassette) return undefined;
  const cassette = `${name}.cassette`;
  const [first] = expected;
  if (audio === undefined) {
    throw usageError(
      `there is no recording beside ${first?.path ?? cassette}`,
      `add ${path.basename(name)}.wav, or say in ${path.basename(name)}.case.yaml where it is`,
    );
  }
  if (other !== undefined) {
    throw usageError(
      `the case ${name} has two recordings`,
      `say which in ${path.basename(name)}.case.yaml, or rename one`,
      `${audio}, ${other}`,
    );
  }
  return {
    name,
    file: audio,
    audio,
    cassette,
    hasCassette,
    expected,
    thresholds: {},
    normalize: ["all"],
    tags: [],
  };
}
