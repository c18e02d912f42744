/** What may be taken out of two texts before they are compared: named steps, each of its own. */
import { loadChineseConverter } from "../../chinese/convert.ts";
import { arabicNumerals } from "../numerals/numerals.ts";
import { withoutPunctuation } from "./punctuation.ts";
import { halfWidth, plainSpaces } from "./spacing.ts";

export type Change = (text: string) => string;

interface Step {
  /** What no longer counts as an error. */
  readonly help: string;
  readonly load: () => Promise<Change>;
}

const now = (change: Change) => () => Promise.resolve(change);

/** In the order in which they are applied: each finds what those before it leave. */
export const STEPS = {
  nfkc: {
    help: "Unicode forms that look alike (NFKC): ﬁ and fi, ㎏ and kg, é in one or two code points",
    load: now((text) => text.normalize("NFKC")),
  },
  width: { help: "full-width and half-width letters, digits and signs", load: now(halfWidth) },
  case: { help: "upper and lower case", load: now((text) => text.toLowerCase()) },
  script: {
    help: "traditional and simplified Chinese (to simplified, by OpenCC)",
    load: () => loadChineseConverter("simplified"),
  },
  numerals: { help: "Chinese and Arabic numerals (to Arabic)", load: now(arabicNumerals) },
  punctuation: { help: "punctuation, but for don't, 3.14 and 5%", load: now(withoutPunctuation) },
  whitespace: {
    help: "spaces: how many, at the ends, and beside Han and kana",
    load: now(plainSpaces),
  },
} as const satisfies Readonly<Record<string, Step>>;

export type StepName = keyof typeof STEPS;

export const STEP_NAMES = Object.keys(STEPS) as readonly StepName[];
