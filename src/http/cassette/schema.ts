/** The files of a cassette: what they hold, and how far they are trusted (docs/cassettes.md). */
import { z } from "zod";

/** Rises when readers of an older version would misread; additions keep it. */
export const SCHEMA_VERSION = 1;

const milliseconds = z.number().nonnegative();
const sizeBytes = z.int().nonnegative();
const texts = z.record(z.string(), z.string());

/** `cassette.json`. */
export const FACTS = z.object({
  schema_version: z.literal(SCHEMA_VERSION),
  asr_version: z.string(),
  /** ISO 8601. */
  recorded_at: z.iso.datetime(),
  /** The command that asked. */
  recorded_by: z.string(),
  /** No vendor was asked: every answer came from this machine. Missing until the end. */
  synthetic: z.boolean().optional(),
  privacy: z.string(),
  /** What was asked for, by config keys, where one provider was asked in one way. */
  settings: z.record(z.string(), z.unknown()).optional(),
  /** How many were recorded. Missing where the recording was broken off. */
  exchanges: z.int().nonnegative().optional(),
});
export type Facts = z.infer<typeof FACTS>;

const REQUEST = z.object({
  /** The call, by the vendor's rules. */
  name: z.string(),
  method: z.enum(["GET", "POST"]),
  /** With the path of a configured address. */
  origin: z.string(),
  path: z.string(),
  parameters: texts,
  headers: texts,
  body: z
    .object({
      size_bytes: sizeBytes,
      /** Lower-case hex; of a body that is no JSON, where all of it was sent. */
      sha256: z.string().optional(),
      /** The value, with audio and long texts as size and digest. */
      json: z.unknown().optional(),
      /** Where not all of it was sent. */
      sent_bytes: sizeBytes.optional(),
    })
    .optional(),
  /** Since the recording began. */
  sent_ms: milliseconds,
});
export type RequestRecord = z.infer<typeof REQUEST>;

const PIECE = z.object({
  /** Since the request began. */
  ms: milliseconds,
  text: z.string().optional(),
  /** Instead of `text` where the bytes are no UTF-8 of their own. */
  base64: z.base64().optional(),
});
export type PieceRecord = z.infer<typeof PIECE>;

const ANSWER = z.object({
  status: z.int().min(200).max(599),
  /** Of the head, since the request began. */
  ms: milliseconds,
  headers: texts,
  pieces: z.array(PIECE),
  /** True where the reader knew enough before the end. */
  left: z.boolean().optional(),
});
export type AnswerRecord = z.infer<typeof ANSWER>;

const FAILURE = z.object({
  /** `connect`: no connection; `broken`: it broke; `timeout`: silence for too long. */
  kind: z.enum(["connect", "broken", "timeout"]),
  /** Since the request began. */
  ms: milliseconds,
  /** Of the system, or of the HTTP client. */
  code: z.string().optional(),
  /** Of `timeout`: where the request was. */
  phase: z.enum(["connect", "upload", "answer", "receive"]).optional(),
  limit_ms: milliseconds.optional(),
  /** Of `connect`: the proxy failed, with this status where it had one. */
  proxy: z.object({ status: z.int().optional() }).optional(),
});
export type FailureRecord = z.infer<typeof FAILURE>;

/** `0001-….json`. */
export const EXCHANGE = z
  .object({
    schema_version: z.literal(SCHEMA_VERSION),
    provider: z.string(),
    /** The answer came from this machine. */
    synthetic: z.boolean(),
    /** The tries of one request share it. */
    call: z.string(),
    /** From 1. */
    try: z.int().positive(),
    /** Names of the credentials that were set. */
    credentials: z.array(z.string()),
    /** That the request made up, and its answer repeats. */
    identifier: z.string().optional(),
    request: REQUEST,
    answer: ANSWER.optional(),
    /** Instead of an answer, or in the middle of one. */
    failure: FAILURE.optional(),
  })
  .refine(({ answer, failure }) => answer !== undefined || failure !== undefined, {
    message: "neither an answer nor a failure",
  });
export type ExchangeRecord = z.infer<typeof EXCHANGE>;
