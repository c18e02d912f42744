/** The options that a case may settle: those of `transcribe` that change what is asked or written. */
import { type AsrError, usageError } from "../errors.ts";
import { checkedValue } from "../settings/check.ts";
import { hintFor } from "../settings/nearest.ts";
import { SUBTITLE_OPTIONS } from "../settings/options/subtitles.ts";
import { OPTION_ROWS, type OptionKey, type OptionValues } from "../settings/options.ts";
import { fromText } from "../settings/text.ts";

export const CASE_OPTION_KEYS = [
  "language",
  "model",
  "hotword",
  "speakers",
  "words",
  "set",
  "setUnchecked",
  "strict",
  "channels",
  "rate",
  "channelCount",
  "encoding",
  "split",
  "segmentSeconds",
  "skipSilence",
  ...SUBTITLE_OPTIONS.map(({ key }) => key),
  "chinese",
  "karaoke",
  "format",
  "raw",
  "retries",
] as const satisfies readonly OptionKey[];

export type CaseOptions = Partial<Pick<OptionValues, (typeof CASE_OPTION_KEYS)[number]>>;

/** The rows of these options. */
export const CASE_OPTION_ROWS = OPTION_ROWS.filter(({ key }) =>
  CASE_OPTION_KEYS.some((known) => known === key),
);

/** Somebody else may have written the case: a model's folder is loaded into the runtime as it is. */
const PATH = /[/\\]/;

/**
 * @param data keys and values as a settings file has them
 * @param place names what they are in, for messages
 * @throws AsrError kind "usage" for an unknown key (with the nearest) or a wrong value
 */
export function caseOptions(data: Readonly<Record<string, unknown>>, place: string): CaseOptions {
  const entries = Object.entries(data).map(([key, value]) => {
    const row = CASE_OPTION_ROWS.find((known) => known.key === key);
    if (row === undefined) throw unknownOption(key, place);
    const name = `${place}: ${key}`;
    const read = typeof value === "string" ? fromText(row.value, value) : value;
    const checked = checkedValue({ row, value: read, name }, []);
    if (row.refusedUntrusted === "path" && typeof checked === "string" && PATH.test(checked)) {
      throw usageError(`${name} can't be a path`, "name a model; a case must run anywhere");
    }
    return [key, checked];
  });
  return Object.fromEntries(entries) as CaseOptions;
}

function unknownOption(key: string, place: string): AsrError {
  const what = `${place}: unknown option ${JSON.stringify(key)}`;
  if (key === "provider") return usageError(what, 'write "provider:" beside "options:", not in it');
  if (!OPTION_ROWS.some((row) => row.key === key)) {
    return usageError(
      what,
      hintFor(
        key,
        CASE_OPTION_ROWS.map((row) => row.key),
      ),
    );
  }
  return usageError(what, `a case may settle ${CASE_OPTION_KEYS.join(", ")}`);
}
