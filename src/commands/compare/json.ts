/** The report of `asr compare` for programs: names in snake case, times in seconds. */
import { byRate } from "../../scoring/rates.ts";
import { reportCounts } from "../../scoring/reports/build.ts";
import { errorFields } from "../../terminal/report.ts";
import { secondsOf } from "../../transcript/time.ts";
import {
  type ComparedFile,
  type Comparison,
  type FailedHearing,
  type Hearing,
  isHeard,
} from "./result.ts";

/** Additions keep it, removals raise it. */
const REPORT_VERSION = 1;

function hearingFields(hearing: Hearing | FailedHearing): object {
  if (!isHeard(hearing)) return { provider: hearing.provider, error: errorFields(hearing.error) };
  const { provider, text, elapsedMs, billedMs, requests, cost, scores } = hearing;
  return {
    provider,
    text,
    elapsed_seconds: secondsOf(elapsedMs),
    billed_seconds: secondsOf(billedMs),
    requests,
    ...(cost === undefined ? {} : { cost: cost.amount, currency: cost.currency }),
    ...(scores === undefined ? {} : { rates: byRate((rate) => reportCounts(scores[rate])) }),
  };
}

function fileFields({ name, durationMs, hearings, against, differences }: ComparedFile): object {
  return {
    name,
    ...(durationMs === undefined ? {} : { duration: secondsOf(durationMs) }),
    results: hearings.map(hearingFields),
    ...(against === undefined ? {} : { against }),
    differences: differences.map(({ provider, runs }) => ({ provider, difference: runs })),
  };
}

export function compareJson({ providers, normalization, files, agreements }: Comparison): object {
  return {
    schema_version: REPORT_VERSION,
    providers,
    normalization,
    files: files.map(fileFields),
    agreement: agreements.map(({ reference, hypothesis, counts }) => ({
      reference_provider: reference,
      hypothesis_provider: hypothesis,
      ...reportCounts(counts),
    })),
  };
}
