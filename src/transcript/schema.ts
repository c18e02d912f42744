/**
 * The JSON of a transcript as a schema (README, "Output", json). Names and nesting follow
 * whisper's and OpenAI's verbose JSON. Additions keep the version, removals raise it.
 */
import { z } from "zod";
import { SCHEMA_VERSION } from "./schema-version.ts";

const seconds = z.number().describe("seconds, rounded to 0.001");
const interval = z.object({ start: seconds, end: seconds });

const word = interval.extend({ word: z.string() });

export const segmentSchema = interval.extend({
  id: z.int().min(0).describe("position in the transcript, from 0"),
  text: z.string(),
  speaker: z.exactOptional(z.string().describe("label, unique in the transcript")),
  channel: z.exactOptional(z.int().min(0).describe("channel of the recording, from 0")),
  approximate: z.exactOptional(
    z.boolean().describe("true: the times were derived, not measured by the recogniser"),
  ),
  words: z.exactOptional(z.array(word)),
});

export const warningSchema = z.object({ code: z.string(), message: z.string() });

const usage = z.object({
  requests: z.int().min(0),
  billed_seconds: z.number().min(0),
  tokens: z.exactOptional(z.int().min(0)),
  possibly_billed_twice: z.exactOptional(
    z.boolean().describe("true: a paid request was repeated although its outcome was unknown"),
  ),
});

const part = interval.extend({ request_id: z.exactOptional(z.string()) });

const source = z.object({
  name: z.string(),
  duration: seconds,
  sample_rate: z.int().min(0).describe("Hz"),
  channels: z.int().min(0),
  sha256: z
    .string()
    .describe("of the input's bytes (live: of the samples as recognised), lower-case hex"),
});

export const transcriptSchema = z.object({
  schema_version: z.int().min(1).max(SCHEMA_VERSION),
  provider: z.string(),
  model: z.exactOptional(z.string().describe("engine or model in the provider's own words")),
  language: z.exactOptional(z.string().describe("BCP 47 tag of the language spoken most")),
  duration: seconds,
  text: z.string().describe("the segments as running text"),
  segments: z.array(segmentSchema),
  warnings: z.array(warningSchema),
  usage: z.exactOptional(usage),
  request_ids: z.array(z.string()),
  parts: z.exactOptional(z.array(part).describe("of a split recording: one a request")),
  speech: z.exactOptional(z.array(interval).describe("where somebody speaks")),
  source: z.exactOptional(source),
  raw: z.exactOptional(z.array(z.unknown()).describe("the vendor's own answers (--raw)")),
});

/** A transcript as it stands in a file: snake case, seconds. */
export type JsonTranscript = z.infer<typeof transcriptSchema>;
export type JsonSegment = JsonTranscript["segments"][number];
