/**
 * The report of `asr eval` as JSON: what is printed with `--json` and read again by `--baseline`. Names
 * in snake case; rates are parts of one. Additions keep the version, removals raise it.
 */
import { z } from "zod";

export const REPORT_VERSION = 1;

const whole = z.int().min(0);

const counts = z.object({
  rate: z.nullable(z.number().min(0)).describe("errors / reference; null: the reference is empty"),
  errors: whole,
  reference: whole.describe("tokens of the reference: hits + substitutions + deletions"),
  hits: whole,
  substitutions: whole,
  deletions: whole,
  insertions: whole,
});

const pooled = counts.extend({
  interval: z.exactOptional(
    z.object({ low: z.number(), high: z.number() }).describe("95 %, by the bootstrap over files"),
  ),
});

const byRate = <Type extends z.ZodType>(type: Type) =>
  z.object({ mixed: type, wer: type, cer: type });

const run = z.object({
  operation: z.enum(["equal", "substitute", "delete", "insert"]),
  reference: z.string(),
  hypothesis: z.string(),
});

const file = byRate(counts).extend({ name: z.string() });

const paired = z.object({
  rate: z.nullable(z.number()),
  other_rate: z.nullable(z.number()),
  p: z.number().describe("two-sided, by approximate randomisation"),
});

const comparison = byRate(paired).extend({
  other: z.string(),
  files: whole.describe("scored in both"),
});

export const reportSchema = z.object({
  schema_version: z.int().min(1).max(REPORT_VERSION),
  name: z.string().describe("the hypotheses, as they were given"),
  normalization: z.array(z.string()).describe("the steps taken, in order"),
  resamples: whole,
  seed: z.int(),
  pooled: byRate(pooled),
  files: z.array(file),
  left_out: z.array(z.string()).describe("files that have no counterpart"),
  worst: z.array(z.object({ name: z.string(), difference: z.array(run) })),
  against: z.exactOptional(comparison),
  baseline: z.exactOptional(comparison),
  gates: z.array(
    z.object({
      name: z.string().describe("the option: max-wer, max-cer, max-mixed or baseline"),
      limit: z.number(),
      rate: z.nullable(z.number()),
      passed: z.boolean(),
    }),
  ),
});

export type EvalReport = z.infer<typeof reportSchema>;
export type ReportCounts = z.infer<typeof counts>;
export type ReportComparison = z.infer<typeof comparison>;
