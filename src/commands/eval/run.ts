/** What `asr eval` does, loaded once it is clear that something is to be done. */
import { readFile } from "node:fs/promises";
import path from "node:path";
import { AsrError, systemCode, usageError } from "../../errors.ts";
import { type DifferenceRun, differenceOf } from "../../scoring/difference.ts";
import { loadNormalizer, stepsNamed } from "../../scoring/normalization/normalizer.ts";
import { buildReport } from "../../scoring/reports/build.ts";
import { reportCsv } from "../../scoring/reports/csv.ts";
import { reportHtml } from "../../scoring/reports/html.ts";
import { readBaseline } from "../../scoring/reports/read-report.ts";
import type { EvalReport } from "../../scoring/reports/schema.ts";
import type { OtherRun, ScoredFile } from "../../scoring/reports/scored-file.ts";
import { scoreTexts, type TextPair } from "../../scoring/score.ts";
import type { Settings } from "../../settings/load.ts";
import { loadDifferenceMarks } from "../../terminal/difference.ts";
import { isColored } from "../../terminal/paint.ts";
import type { World } from "../world.ts";
import { checkReportFile, writeReportFile } from "./files.ts";
import { questionOf } from "./question.ts";
import { evalText } from "./text.ts";
import { pairTexts } from "./texts.ts";

type Values = Settings["values"];

export async function runEvaluation(
  operands: readonly string[],
  settings: Settings,
  world: World,
): Promise<void> {
  const { values } = settings;
  const question = questionOf(operands, settings, world);
  const steps = stepsNamed(values.normalize);
  const baseline = await baselineOf(values, steps, world);
  for (const file of [values.csv, values.html]) await checkReportFile(file, world);
  const found = [await question.find(), await question.findAgainst?.()] as const;
  const [texts, against] = await pairTexts(found, settings, world);
  const normalize = await loadNormalizer(steps);
  const normalized = new Map(
    texts.pairs.map(({ name, ...pair }) => [name, normalizedPair(pair, normalize)] as const),
  );
  const files = scored(normalized);
  const report = buildReport({
    name: question.name,
    normalization: steps,
    files,
    leftOut: texts.leftOut,
    worst: values.worst,
    differenceOf: (name) => differenceIn(normalized, name),
    resamples: values.resamples,
    seed: values.seed,
    limits: limitsOf(values),
    ...(against === undefined
      ? {}
      : {
          against: {
            name: values.against ?? "",
            files: scored(
              new Map(
                against.pairs.map(({ name, ...pair }) => [name, normalizedPair(pair, normalize)]),
              ),
            ),
          },
        }),
    ...(baseline === undefined ? {} : { baseline: { ...baseline, tolerance: values.tolerance } }),
  });
  refuseNothingCommon(report);
  if (values.csv !== undefined) await writeReportFile(values.csv, [reportCsv(report)], world);
  if (values.html !== undefined) {
    const pieces = reportHtml(report, (name) => differenceIn(normalized, name));
    await writeReportFile(values.html, pieces, world);
  }
  await world.stdout.write(await reportText(report, values, world));
  throwFailedGates(report);
}

function normalizedPair(pair: TextPair, normalize: (text: string) => string): TextPair {
  return { reference: normalize(pair.reference), hypothesis: normalize(pair.hypothesis) };
}

function scored(texts: ReadonlyMap<string, TextPair>): ScoredFile[] {
  return Array.from(texts, ([name, pair]) => ({ name, counts: scoreTexts(pair) }));
}

function differenceIn(texts: ReadonlyMap<string, TextPair>, name: string): DifferenceRun[] {
  const pair = texts.get(name);
  return pair === undefined ? [] : differenceOf(pair);
}

function limitsOf({ maxMixed, maxWer, maxCer }: Values) {
  return {
    ...(maxMixed === undefined ? {} : { mixed: maxMixed }),
    ...(maxWer === undefined ? {} : { wer: maxWer }),
    ...(maxCer === undefined ? {} : { cer: maxCer }),
  };
}

async function baselineOf(
  { baseline }: Values,
  steps: readonly string[],
  { workingFolder }: World,
): Promise<OtherRun | undefined> {
  if (baseline === undefined) return undefined;
  const file = path.resolve(workingFolder, baseline);
  const text = await readFile(file, "utf8").catch((error: unknown) => {
    throw usageError(
      `can't read the baseline ${baseline}`,
      "make one: asr eval … --json > baseline.json",
      systemCode(error),
    );
  });
  return readBaseline(text, baseline, steps);
}

/** @throws AsrError kind "usage" where two runs have no file in common: nothing would be compared. */
function refuseNothingCommon({ against, baseline }: EvalReport): void {
  const empty = [against, baseline].find((comparison) => comparison?.files === 0);
  if (empty === undefined) return;
  throw usageError(
    `${empty.other} has no file in common with this run`,
    "files are compared by their names: score the same ones",
  );
}

async function reportText(report: EvalReport, values: Values, world: World): Promise<string> {
  if (values.json) return `${JSON.stringify(report, undefined, 2)}\n`;
  const { stdout, environment } = world;
  // Into a pipe the result has no colours, whatever is said of stderr.
  const colored = stdout.isTerminal && isColored(true, environment, values.color);
  return evalText(report, await loadDifferenceMarks(colored));
}

function throwFailedGates({ gates }: EvalReport): void {
  const failed = gates.filter(({ passed }) => !passed);
  if (failed.length === 0) return;
  const names = failed.map(({ name }) => name).join(", ");
  throw new AsrError("gate", `${failed.length} of ${gates.length} limits failed: ${names}`, {
    hint: "the report shows the rates and the worst files; loosen the limit if they are right",
  });
}
