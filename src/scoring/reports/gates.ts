/** Limits that a rate must keep. */
import type { EvalReport, ReportCounts } from "./schema.ts";

export type Gate = EvalReport["gates"][number];

/** Where no reference says a word, none may have been heard. */
export function gateFor(name: string, limit: number, { rate, errors }: ReportCounts): Gate {
  return { name, limit, rate, passed: rate === null ? errors === 0 : rate <= limit };
}
