/** What a run asks for, by config keys: noted in a recording, so that `asr verify` can ask it again. */
import type { WrittenHotword } from "../settings/hotwords.ts";
import type { Settings } from "../settings/load.ts";
import { OPTION_ROWS } from "../settings/options.ts";
import { CASE_OPTION_KEYS } from "../verify/case-options.ts";

/**
 * @param values of the one provider
 * @returns its id, and the options that are not what they are by themselves
 */
export function askedSettings(
  values: Settings["values"],
  {
    hotwords,
    formats,
  }: {
    readonly hotwords: readonly WrittenHotword[];
    readonly formats: readonly { readonly name: string }[];
  },
  { providers }: Settings,
): Readonly<Record<string, unknown>> {
  const all: Settings["values"] = {
    ...values,
    // Also those from a file, which may be elsewhere by then.
    hotword: hotwords.map(({ text, weight }) =>
      weight === undefined ? text : `${text}:${weight}`,
    ),
    set: { ...providers[values.provider]?.set, ...values.set },
  };
  const entries = CASE_OPTION_KEYS.flatMap((key) => {
    const row = OPTION_ROWS.find((known) => known.key === key);
    const isPlain = JSON.stringify(all[key]) === JSON.stringify(row?.default);
    return isPlain || key === "format" ? [] : [[key, all[key]]];
  });
  // Some APIs are asked for other things where times are wanted.
  const format = formats.length === 0 ? ["txt"] : formats.map(({ name }) => name);
  return { provider: values.provider, format, ...Object.fromEntries(entries) };
}
