/** The three spellings of a setting, derived from its camelCase key. */

function wordsOf(key: string): readonly string[] {
  return key.split(/(?=[A-Z])|-/).map((word) => word.toLowerCase());
}

/** `channelCount` → `--channel-count`; `noConfig` → `--no-config`. */
export function flagOf(key: string): string {
  return `--${wordsOf(key).join("-")}`;
}

/** The flag that switches a boolean off; `noConfig`, itself a negation, has none. */
export function negatedFlagOf(key: string): string | undefined {
  const words = wordsOf(key);
  return words[0] === "no" ? undefined : `--no-${words.join("-")}`;
}

/** `channelCount` → `ASR_CHANNEL_COUNT`; with a section: `ASR_TENCENT_REALTIME_BASE_URL`. */
export function variableOf(...keys: readonly string[]): string {
  return ["ASR", ...keys.flatMap(wordsOf)].join("_").toUpperCase();
}
