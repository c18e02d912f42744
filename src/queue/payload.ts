/**
 * What a job on the queue says: one input with one setting. Strict on both sides: what this version
 * does not know it does not do. Formats, styles and scripts are the submitter's, and not in it.
 */
import { z } from "zod";
import type { RawFormat } from "../audio/types.ts";
import { ENCODINGS } from "../audio/types.ts";
import { AsrError } from "../errors.ts";
import type { PlanWishes } from "../jobs/plan.ts";
import type { RecognitionSettings } from "../providers/contract.ts";

/** What is written; what is read may not be newer. */
export const PAYLOAD_VERSION = 1;

/** Inputs of up to so many bytes travel in the queue: 8 s of 16 kHz WAV, minutes of Opus. */
export const INLINE_BYTES = 256 * 1024;

const hotword = z.strictObject({ text: z.string(), weight: z.exactOptional(z.number()) });

const settings = z.strictObject({
  language: z.string(),
  model: z.exactOptional(z.string()),
  hotwords: z.array(hotword),
  speakers: z.boolean(),
  words: z.boolean(),
  allChannels: z.boolean(),
  timesWanted: z.boolean(),
  subtitles: z.boolean(),
  parameters: z.record(z.string(), z.unknown()),
  uncheckedParameters: z.record(z.string(), z.string()),
  raw: z.boolean(),
  live: z.literal(false),
}) satisfies z.ZodType<RecognitionSettings>;

const wishes = z.strictObject({
  channels: z.enum(["mix", "first", "all"]),
  split: z.union([z.enum(["silence", "never"]), z.number().positive()]),
  segmentMs: z.exactOptional(z.number().positive()),
  skipSilence: z.boolean(),
  speakers: z.boolean(),
}) satisfies z.ZodType<PlanWishes>;

const raw = z.strictObject({
  sampleRate: z.int().positive(),
  channels: z.int().positive(),
  encoding: z.enum(ENCODINGS),
}) satisfies z.ZodType<RawFormat>;

const sizeBytes = z.int().min(0);

/** Where the audio is: a file that the worker sees too, or in the queue itself. */
const place = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("path"),
    /** Absolute. */
    path: z.string(),
    sizeBytes,
    /** Milliseconds since the epoch. A file that has changed since is another one. */
    modifiedMs: z.number(),
  }),
  z.strictObject({ kind: z.literal("inline"), sizeBytes }),
]);

const payloadSchema = z.strictObject({
  schemaVersion: z.literal(PAYLOAD_VERSION),
  /** As messages name the input. */
  name: z.string(),
  /** Id of who is to recognise it. */
  provider: z.string(),
  settings,
  wishes,
  strict: z.boolean(),
  raw: z.exactOptional(raw),
  input: place,
  /** SHA-256 of the input whose answers of earlier runs came with the job. */
  answeredFor: z.exactOptional(z.string()),
});

/** What is looked at first. */
const versioned = z.object({ schemaVersion: z.int() });

export type Payload = z.infer<typeof payloadSchema>;
export type InputPlace = Payload["input"];

/** A job that a newer asr has put there: it is for a worker that knows it. */
export class NewerJobError extends Error {}

/**
 * @throws NewerJobError; AsrError kind "usage" for what no asr has written.
 */
export function readPayload(data: unknown): Payload {
  const version = versioned.safeParse(data);
  if (version.success && version.data.schemaVersion > PAYLOAD_VERSION) throw new NewerJobError();
  const read = payloadSchema.safeParse(data);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  throw new AsrError("usage", "a job on the queue can't be read", {
    ...(issue === undefined ? {} : { reason: `${issue.path.join(".")}: ${issue.message}` }),
    hint: "let asr alone put jobs there: asr transcribe … --queue",
  });
}
