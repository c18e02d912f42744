/**
 * The events of JSON Lines as a schema (README, "Output", jsonl): one a line, told apart by `type`.
 * Additions keep the version of the transcript's schema, removals raise it.
 */
import { z } from "zod";
import { EXIT_CODES } from "../errors.ts";
import { segmentSchema, transcriptSchema, warningSchema } from "./schema.ts";
import { SCHEMA_VERSION } from "./schema-version.ts";

/** Named where the events of several inputs share one stream. */
const origin = { input: z.exactOptional(z.string().describe("the input it belongs to")) };

const seconds = z.number().describe("seconds of audio");

const start = z.object({
  type: z.literal("start"),
  ...origin,
  schema_version: z.int().min(1).max(SCHEMA_VERSION),
  ...transcriptSchema.pick({ provider: true, model: true }).shape,
  source: z.exactOptional(
    z.object({
      name: z.string(),
      duration: z.exactOptional(seconds),
      sample_rate: z.int().min(0).describe("Hz"),
      channels: z.int().min(0),
    }),
  ),
});

const partial = segmentSchema.omit({ id: true }).extend({ type: z.literal("partial"), ...origin });

const final = segmentSchema.extend({ type: z.literal("final"), ...origin });

const warning = warningSchema.extend({ type: z.literal("warning"), ...origin });

const progress = z.object({
  type: z.literal("progress"),
  ...origin,
  processed: seconds.describe("seconds of audio that have been worked through"),
  lag: z.exactOptional(
    z.number().describe("live audio: seconds since what is recognised now was spoken"),
  ),
});

const error = z.object({
  type: z.literal("error"),
  ...origin,
  code: z.enum(Object.keys(EXIT_CODES)).describe("what kind of failure"),
  message: z.string(),
  reason: z.exactOptional(z.string()),
  provider: z.exactOptional(z.string()),
  vendor_code: z.exactOptional(z.union([z.string(), z.number()])),
  request_id: z.exactOptional(z.string()),
  retryable: z.boolean().describe("true: the same request may succeed when sent again"),
  hint: z.exactOptional(z.string().describe("what to do about it")),
});

const done = transcriptSchema
  .omit({ text: true, segments: true })
  .extend({ type: z.literal("done"), ...origin });

/** One line; a `partial` may be replaced by the next, a `final` never changes. */
export const eventSchema = z.discriminatedUnion("type", [
  start.describe("opens a job"),
  partial.describe("text that may still change"),
  final.describe("text that never changes"),
  warning,
  progress,
  error.describe("ends a job that failed"),
  done.describe("ends a job: all that is known besides the segments, which are out"),
]);
