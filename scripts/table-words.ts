/** What the README's tables say around names and numbers, in English; other languages have the same shape. */
import type { Capabilities } from "../src/providers/contract.ts";

export interface OptionWords {
  readonly headings: readonly string[];
  readonly note: string;
  readonly on: string;
  readonly off: string;
  /** The values that may be chosen, behind the help. */
  choices(values: readonly string[]): string;
  /** By option key; without it the help text of the command. */
  readonly help?: Readonly<Record<string, string>>;
}

/** What a provider takes, limits and gives. */
export interface CapabilityWords {
  readonly gives: Readonly<Record<keyof Capabilities["gives"], string>>;
  /** Between limits and notes. */
  readonly comma: string;
  /** Between containers. */
  readonly semicolon: string;
  listed(names: readonly string[]): string;
  takes(container: string, encodings: readonly string[]): string;
  note(text: string): string;
  readonly approximate: string;
  sampleRates(rates: readonly number[]): string;
  channels(most: number): string;
  seconds(count: number): string;
  parts(seconds: number): string;
  atOnce(count: number): string;
  aSecond(count: number): string;
}

export interface ProviderWords {
  readonly headings: readonly string[];
  readonly noCredentials: string;
  readonly capabilities: CapabilityWords;
  /** By provider; without it the provider's own title. */
  readonly titles?: Readonly<Record<string, string>>;
}

export interface TableWords {
  readonly options: OptionWords;
  readonly providers: ProviderWords;
}

export const ENGLISH_TABLES: TableWords = {
  options: {
    headings: ["flag", "variable", "config key", "default", "what it does"],
    note:
      "Every switch has a `--no-…` too. A variable's booleans are `1`, `true`, `yes`, `0`, `false`, `no`;\n" +
      "its lists have commas.",
    on: "on",
    off: "off",
    choices: (values) => `: ${values.join(", ")}`,
  },
  providers: {
    headings: ["provider", "what it is", "takes", "a request", "gives", "credentials"],
    noCredentials: "none",
    capabilities: {
      gives: {
        partials: "partials",
        segmentTimes: "segment times",
        wordTimes: "word times",
        speakers: "speakers",
        channels: "channels",
        hotwords: "hotwords",
      },
      comma: ", ",
      semicolon: "; ",
      listed: (names) => names.join(", "),
      takes: (container, encodings) => `${container}: ${encodings.join(", ")}`,
      note: (text) => ` (${text})`,
      approximate: "approximate",
      sampleRates: (rates) => `${rates.join(", ")} Hz`,
      channels: (most) => `${most} ch`,
      seconds: (count) => `${count} s`,
      parts: (seconds) => `parts of ${seconds} s`,
      atOnce: (count) => `${count} at once`,
      aSecond: (count) => `${count} a second`,
    },
  },
};
