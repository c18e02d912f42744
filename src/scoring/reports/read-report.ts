/** An earlier report, to be compared with. */
import { usageError } from "../../errors.ts";
import type { Counts } from "../counts.ts";
import { byRate } from "../rates.ts";
import { type EvalReport, REPORT_VERSION, reportSchema } from "./schema.ts";
import type { OtherRun } from "./scored-file.ts";

const HINT = "give what asr eval --json wrote";

function parse(text: string, name: string): EvalReport {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw usageError(`${name} is no report: the JSON is broken`, HINT);
  }
  const { data, error } = reportSchema.safeParse(value);
  if (data !== undefined) return data;
  const [issue] = error.issues;
  const hint =
    issue?.path[0] === "schema_version" && issue.code === "too_big"
      ? `update asr: this version reads reports up to version ${REPORT_VERSION}`
      : HINT;
  throw usageError(`${name} is no report`, hint, `${issue?.path.join(".")}: ${issue?.message}`);
}

/**
 * @param normalization of the run that is compared with it
 * @throws AsrError kind "usage" for what is no report, or one that counted otherwise
 */
export function readBaseline(
  text: string,
  name: string,
  normalization: readonly string[],
): OtherRun {
  const report = parse(text, name);
  const before = report.normalization.join(", ") || "none";
  if (before !== (normalization.join(", ") || "none")) {
    throw usageError(
      `${name} was scored otherwise`,
      `score with --normalize ${report.normalization.join(",") || "none"}, or make the baseline anew`,
      `its normalisation is ${before}`,
    );
  }
  const countsOf = ({ hits, substitutions, deletions, insertions }: Counts): Counts => ({
    hits,
    substitutions,
    deletions,
    insertions,
  });
  const files = report.files.map((file) => ({
    name: file.name,
    counts: byRate((rate) => countsOf(file[rate])),
  }));
  return { name, files };
}
