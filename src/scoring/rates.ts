/** The three rates, and how each cuts a text. */
import { charactersOf, mixedTokensOf, wordsOf } from "./tokens.ts";

interface Rate {
  /** As reports head it. */
  readonly title: string;
  readonly help: string;
  readonly tokensOf: (text: string) => string[];
}

/** `mixed` is the one that says the same in every language: it leads. */
export const RATES = {
  mixed: {
    title: "mixed",
    help: "Han, kana and hangul by character, the rest by word",
    tokensOf: mixedTokensOf,
  },
  wer: { title: "WER", help: "words, cut at white space", tokensOf: wordsOf },
  cer: { title: "CER", help: "characters (code points), spaces too", tokensOf: charactersOf },
} as const satisfies Readonly<Record<string, Rate>>;

export type RateName = keyof typeof RATES;

export const RATE_NAMES = ["mixed", "wer", "cer"] as const satisfies readonly RateName[];

/** One value for each rate. */
export type ByRate<Value> = Readonly<Record<RateName, Value>>;

export function byRate<Value>(make: (name: RateName) => Value): ByRate<Value> {
  return { mixed: make("mixed"), wer: make("wer"), cer: make("cer") };
}
