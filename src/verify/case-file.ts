/** `case.yaml`: what a case says of itself. */
import { z } from "zod";
import { type AsrError, usageError } from "../errors.ts";
import type { StepWord } from "../scoring/normalization/normalizer.ts";
import { STEP_WORDS } from "../settings/names.ts";
import { hintFor } from "../settings/nearest.ts";
import { parseData } from "../settings/parse.ts";
import { plainMap } from "../settings/plain.ts";
import { rowsSchema } from "../settings/schema.ts";
import { CASE_OPTION_ROWS, type CaseOptions, caseOptions } from "./case-options.ts";

const text = z.string().min(1);
const texts = z.union([text.transform((one) => [one]), z.array(text)]);
const rate = z
  .number("must be a rate such as 0.05")
  .min(0, "must be a rate such as 0.05")
  .describe("a part of one");

const SCHEMA = z.strictObject({
  audio: text.describe("the recording"),
  provider: text.optional().describe("id of the provider"),
  options: z.record(z.string(), z.unknown()).optional().describe("options of asr transcribe"),
  cassette: text.optional().describe("folder of the recorded answers"),
  expected: texts.optional().describe("files that say what must come out, exactly"),
  reference: text.optional().describe("what was said, for the thresholds"),
  max_mixed: rate.optional().describe("the highest mixed error rate"),
  max_wer: rate.optional().describe("the highest word error rate"),
  max_cer: rate.optional().describe("the highest character error rate"),
  cue_tolerance: z.number().min(0).optional().describe("seconds by which a time may differ"),
  normalize: z
    .union([z.enum(STEP_WORDS).transform((one) => [one]), z.array(z.enum(STEP_WORDS))])
    .optional()
    .describe("what is no error, as --normalize of asr eval"),
  tags: texts.optional().describe("words to choose cases by"),
});

/** The JSON Schema (2020-12) of a `case.yaml`, with the options and providers that there are. */
export function caseJsonSchema(providerIds: readonly string[]) {
  const { provider, options } = SCHEMA.shape;
  const schema = SCHEMA.extend({
    provider: z
      .enum(providerIds)
      .optional()
      .describe(provider.description ?? ""),
    options: rowsSchema(CASE_OPTION_ROWS)
      .optional()
      .describe(options.description ?? ""),
  });
  return z.toJSONSchema(schema, { io: "input" });
}

export interface CaseFile {
  readonly audio: string;
  readonly provider?: string;
  readonly options: CaseOptions;
  readonly cassette?: string;
  readonly expected: readonly string[];
  readonly reference?: string;
  readonly maxMixed?: number;
  readonly maxWer?: number;
  readonly maxCer?: number;
  readonly cueToleranceSeconds?: number;
  readonly normalize: readonly StepWord[];
  readonly tags: readonly string[];
}

/**
 * @param file as messages name it
 * @param providerIds what `provider` may say
 * @throws AsrError kind "usage" for what is no YAML, an unknown key (with the nearest) or a wrong
 *   value
 */
export async function readCaseFile(
  file: string,
  content: string,
  providerIds: readonly string[],
): Promise<CaseFile> {
  const data = plainMap(file, await parseData(file, content));
  const parsed = SCHEMA.safeParse(data);
  if (!parsed.success) throw schemaError(parsed.error, data, file);
  const { provider, options = {}, cassette, reference, cue_tolerance, ...rest } = parsed.data;
  if (provider !== undefined && !providerIds.includes(provider)) {
    throw usageError(`${file}: unknown provider ${provider}`, hintFor(provider, providerIds));
  }
  const { max_mixed, max_wer, max_cer } = rest;
  return {
    audio: rest.audio,
    ...(provider === undefined ? {} : { provider }),
    options: caseOptions(options, file),
    ...(cassette === undefined ? {} : { cassette }),
    expected: rest.expected ?? [],
    ...(reference === undefined ? {} : { reference }),
    ...(max_mixed === undefined ? {} : { maxMixed: max_mixed }),
    ...(max_wer === undefined ? {} : { maxWer: max_wer }),
    ...(max_cer === undefined ? {} : { maxCer: max_cer }),
    ...(cue_tolerance === undefined ? {} : { cueToleranceSeconds: cue_tolerance }),
    normalize: rest.normalize ?? ["all"],
    tags: rest.tags ?? [],
  };
}

/** The first problem that the schema found, in our words. */
function schemaError(
  { issues: [issue] }: z.ZodError,
  data: Readonly<Record<string, unknown>>,
  file: string,
): AsrError {
  const known = Object.keys(SCHEMA.shape);
  if (issue?.code === "unrecognized_keys") {
    const [key = ""] = issue.keys;
    return usageError(`${file}: unknown key ${JSON.stringify(key)}`, hintFor(key, known));
  }
  const key = String(issue?.path[0]);
  const help = SCHEMA.shape[key as keyof typeof SCHEMA.shape]?.description ?? "";
  if (!Object.hasOwn(data, key))
    return usageError(`${file}: there is no ${key}`, `add "${key}:": ${help}`);
  return usageError(`${file}: ${key} has a wrong value`, `${key}: ${help}`, issue?.message);
}
