/** What a comparison of two runs comes to, in a sentence. */
import { SIGNIFICANT } from "../paired-test.ts";
import { RATE_NAMES, RATES } from "../rates.ts";
import { percent } from "./percent.ts";
import type { ReportComparison } from "./schema.ts";

/** For p as small as the trials can tell, and no smaller. */
function shownP(p: number): string {
  return p < 0.001 ? `p < 0.001` : `p = ${p.toFixed(3)}`;
}

/** A line for each rate: "mixed: new/ is better than old/, 3.10% against 4.52% (p = 0.012)". */
export function verdicts(name: string, comparison: ReportComparison): string[] {
  return RATE_NAMES.map((rate) => {
    const { rate: own, other_rate: theirs, p } = comparison[rate];
    const rates = `${percent(own)} against ${percent(theirs)} (${shownP(p)})`;
    const { title } = RATES[rate];
    if (own === theirs) return `${title}: ${name} and ${comparison.other} are equal, ${rates}`;
    const word = (own ?? 0) < (theirs ?? 0) ? "better" : "worse";
    const shown = p < SIGNIFICANT ? "" : ", but that may be chance";
    return `${title}: ${name} is ${word} than ${comparison.other}${shown}, ${rates}`;
  });
}
