/** Scored files as a report. */
import { bootstrapInterval } from "../bootstrap.ts";
import { type Counts, errorsOf, rateOf, referenceLengthOf, sumOf } from "../counts.ts";
import type { DifferenceRun } from "../difference.ts";
import { seededRandom } from "../random.ts";
import { type ByRate, byRate, type RateName } from "../rates.ts";
import { comparisonOf } from "./compare.ts";
import { type Gate, gateFor } from "./gates.ts";
import { type EvalReport, REPORT_VERSION, type ReportCounts } from "./schema.ts";
import type { OtherRun, ScoredFile } from "./scored-file.ts";

export interface ReportRequest {
  readonly name: string;
  readonly normalization: readonly string[];
  readonly files: readonly ScoredFile[];
  readonly leftOut: readonly string[];
  /** How many of the worst files are shown with their differences. */
  readonly worst: number;
  readonly differenceOf: (name: string) => readonly DifferenceRun[];
  /** Draws of the bootstrap, and trials of the paired tests. */
  readonly resamples: number;
  readonly seed: number;
  readonly limits: Partial<ByRate<number>>;
  readonly against?: OtherRun;
  readonly baseline?: OtherRun & { readonly tolerance: number };
}

export function reportCounts(counts: Counts): ReportCounts {
  return {
    rate: rateOf(counts) ?? null,
    errors: errorsOf(counts),
    reference: referenceLengthOf(counts),
    ...counts,
  };
}

/** By the mixed rate; a file without one comes after all that have errors. */
function worstFirst(files: readonly ScoredFile[]): ScoredFile[] {
  const rate = ({ counts: { mixed } }: ScoredFile): number =>
    rateOf(mixed) ?? (errorsOf(mixed) > 0 ? Number.MAX_VALUE : 0);
  return files
    .filter(({ counts: { mixed } }) => errorsOf(mixed) > 0)
    .toSorted((a, b) => rate(b) - rate(a) || errorsOf(b.counts.mixed) - errorsOf(a.counts.mixed));
}

/** Every random draw begins from the seed: the same files give the same report. */
export function buildReport(request: ReportRequest): EvalReport {
  const { files, resamples, seed, against, baseline } = request;
  const pool = (rate: RateName) => {
    const each = files.map(({ counts }) => counts[rate]);
    const interval = bootstrapInterval(each, resamples, seededRandom(seed));
    return { ...reportCounts(sumOf(each)), ...(interval === undefined ? {} : { interval }) };
  };
  const pooled = byRate(pool);
  const compared = (other: OtherRun) => comparisonOf(files, other, resamples, seed);
  const before = baseline === undefined ? undefined : compared(baseline);
  return {
    schema_version: REPORT_VERSION,
    name: request.name,
    normalization: [...request.normalization],
    resamples,
    seed,
    pooled,
    files: files.map(({ name, counts }) => ({
      name,
      ...byRate((rate) => reportCounts(counts[rate])),
    })),
    left_out: [...request.leftOut],
    worst: worstFirst(files)
      .slice(0, request.worst)
      .map(({ name }) => ({ name, difference: [...request.differenceOf(name)] })),
    ...(against === undefined ? {} : { against: compared(against) }),
    ...(before === undefined ? {} : { baseline: before }),
    gates: gatesOf(request, pooled, before),
  };
}

function gatesOf(
  { limits, baseline }: ReportRequest,
  pooled: ByRate<ReportCounts>,
  before: EvalReport["baseline"],
): Gate[] {
  const named = (["mixed", "wer", "cer"] as const).flatMap((rate) => {
    const limit = limits[rate];
    return limit === undefined ? [] : [gateFor(`max-${rate}`, limit, pooled[rate])];
  });
  if (before === undefined || baseline === undefined) return named;
  const { rate, other_rate } = before.mixed;
  const limit = (other_rate ?? 0) + baseline.tolerance;
  return [...named, { name: "baseline", limit, rate, passed: (rate ?? 0) <= limit }];
}
