/**
 * What became of a job, as it goes back through the queue: what the recogniser said, never formatted
 * text. Partials and progress are not in it.
 */
import { deflateSync, inflateSync } from "node:zlib";
import { z } from "zod";
import { AsrError, type ErrorDetails, type ErrorKind, EXIT_CODES } from "../errors.ts";
import { redactor } from "../http/redact.ts";
import type { KeptEvent, PartPlace } from "../jobs/parts/stored.ts";
import type { JobEvent, StartEvent } from "../transcript/events.ts";

export const OUTCOME_VERSION = 1;

const interval = z.object({ startMs: z.int(), endMs: z.int() });

const segment = interval.extend({
  text: z.string(),
  speaker: z.exactOptional(z.string()),
  channel: z.exactOptional(z.int().min(0)),
  approximate: z.exactOptional(z.boolean()),
  words: z.exactOptional(z.array(interval.extend({ text: z.string() }))),
});

const usage = z.object({
  requests: z.int().min(0),
  billedMs: z.number().min(0),
  tokens: z.exactOptional(z.int().min(0)),
  possiblyBilledTwice: z.exactOptional(z.boolean()),
});

const final = z.object({ type: z.literal("final"), segment });

const warning = z.object({
  type: z.literal("warning"),
  warning: z.object({ code: z.string(), message: z.string() }),
});

const response = z.object({
  type: z.literal("response"),
  requestId: z.exactOptional(z.string()),
  model: z.exactOptional(z.string()),
  language: z.exactOptional(z.string()),
  usage: z.exactOptional(usage),
  speech: z.exactOptional(z.array(interval)),
  durationMs: z.exactOptional(z.number()),
  raw: z.exactOptional(z.unknown()),
  part: z.exactOptional(interval.extend({ requestId: z.exactOptional(z.string()) })),
  earlier: z.exactOptional(z.literal(true)),
});

const start = z.object({
  type: z.literal("start"),
  provider: z.string(),
  model: z.exactOptional(z.string()),
  source: z.exactOptional(
    z.object({
      name: z.string(),
      sampleRate: z.int().min(0),
      channels: z.int().min(0),
      durationMs: z.exactOptional(z.number()),
    }),
  ),
});

const keptEvent = z.discriminatedUnion("type", [final, warning, response]);

const outcomeEvent = z.discriminatedUnion("type", [start, final, warning, response]);

/** What an error says, without its cause and what is of one process alone. */
const error = z.object({
  kind: z.enum(Object.keys(EXIT_CODES) as [ErrorKind, ...ErrorKind[]]),
  message: z.string(),
  reason: z.exactOptional(z.string()),
  hint: z.exactOptional(z.string()),
  provider: z.exactOptional(z.string()),
  vendorCode: z.exactOptional(z.union([z.string(), z.number()])),
  requestId: z.exactOptional(z.string()),
  retryable: z.exactOptional(z.boolean()),
  outcomeUnknown: z.exactOptional(z.boolean()),
  stopsBatch: z.exactOptional(z.boolean()),
  notAudio: z.exactOptional(z.boolean()),
});

const outcomeSchema = z.object({
  schemaVersion: z.literal(OUTCOME_VERSION),
  events: z.array(outcomeEvent),
  /** SHA-256 of the input's bytes; missing where nothing of it was answered, or it is gone. */
  sha256: z.exactOptional(z.string()),
  /** Of the recording, where there is a transcript of it, or of some of it. */
  durationMs: z.exactOptional(z.number()),
  /** Why it failed. */
  error: z.exactOptional(error),
});

const answerSchema = z.object({
  place: z.exactOptional(
    z.object({
      part: z.exactOptional(z.object({ pieces: z.array(interval), overlapMs: z.number() })),
      channel: z.exactOptional(z.int().min(0)),
    }),
  ),
  events: z.array(keptEvent),
});

export type OutcomeEvent = StartEvent | KeptEvent;
export type WrittenError = z.infer<typeof error>;

export interface Outcome extends Omit<z.infer<typeof outcomeSchema>, "events"> {
  readonly events: readonly OutcomeEvent[];
}

/** What was answered to one request of a job. */
export interface Answer {
  /** Undefined: it was answered before the job was put on the queue. */
  readonly place?: PartPlace;
  readonly events: readonly KeptEvent[];
}

export function isOutcomeEvent(event: JobEvent): event is OutcomeEvent {
  const { type } = event;
  return type === "start" || type === "final" || type === "warning" || type === "response";
}

export function writtenError({ kind, message, details }: AsrError): WrittenError {
  const { cause: _, reported: __, exitCode: ___, retryAfterMs: ____, ...kept } = details;
  return { kind, message, ...kept };
}

export function readError({ kind, message, ...details }: WrittenError): AsrError {
  const kept: ErrorDetails = details;
  return new AsrError(kind, message, kept);
}

/** @param secrets none of them is written down */
export function packed(value: Outcome | Answer, secrets: readonly string[]): Buffer {
  const masked = redactor(secrets);
  const clean = (_: string, part: unknown): unknown =>
    typeof part === "string" ? masked(part) : part;
  const json = Buffer.from(JSON.stringify(value, clean));
  return json.length < LEAST_PACKED_BYTES ? json : deflateSync(json);
}

/** @throws a plain error for what no asr has written. */
export function unpackedOutcome(bytes: Uint8Array): Outcome {
  return outcomeSchema.parse(unpacked(bytes));
}

/** @throws a plain error for what no asr has written. */
export function unpackedAnswer(bytes: Uint8Array): Answer {
  return answerSchema.parse(unpacked(bytes));
}

function unpacked(bytes: Uint8Array): unknown {
  const json =
    bytes[0] === OBJECT ? Buffer.from(bytes) : inflateSync(bytes, { maxOutputLength: MOST_BYTES });
  return JSON.parse(json.toString());
}

/** Less is JSON as it is: to compress it would take longer than all else that is done to it. */
const LEAST_PACKED_BYTES = 4096;
/** What JSON begins with, and nothing that is compressed: zlib's first byte is 0x78 (RFC 1950, 2.2). */
const OBJECT = 0x7b;

/** Days of speech with the times of all words; more is no outcome but a bomb. */
const MOST_BYTES = 512 * 1024 * 1024;
