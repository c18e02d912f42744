/** Our JSON: the way out is `transcriptToJson`, the way in is `readTranscript`. */
import { z } from "zod";
import { AsrError, audioError, messageOf } from "../errors.ts";
import { transcriptFromJson } from "./from-json.ts";
import { transcriptSchema } from "./schema.ts";
import { SCHEMA_VERSION } from "./schema-version.ts";
import type { Transcript } from "./transcript.ts";

export type { JsonTranscript } from "./schema.ts";
export { transcriptToJson } from "./to-json.ts";

const HINT = "give a JSON transcript as asr writes it: asr transcribe -f json";

/**
 * Reads what `transcriptToJson` wrote, in this version or an older one. Unknown fields pass.
 *
 * @throws AsrError kind "audio" for text that is no JSON, no transcript, or of a newer version.
 */
export function readTranscript(text: string): Transcript {
  return transcriptOf(parseJson(text));
}

/** As {@link readTranscript}, of JSON that was parsed already. */
export function transcriptOf(value: unknown): Transcript {
  refuseNewer(value);
  const { data, error } = transcriptSchema.safeParse(value);
  if (error !== undefined) throw audioError("not a transcript", HINT, firstIssue(error));
  return transcriptFromJson(data);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/, "")); // Windows editors put a BOM there
  } catch (cause) {
    throw new AsrError("audio", "not a transcript: the JSON is broken", {
      reason: messageOf(cause),
      hint: HINT,
      cause,
    });
  }
}

/**
 * Before the schema looks: a newer file may have any shape, and "update" is the useful answer.
 *
 * @throws AsrError kind "audio" for a `schema_version` above ours.
 */
export function refuseNewer(value: unknown): void {
  const { data } = z.object({ schema_version: z.number() }).safeParse(value);
  if (data === undefined || data.schema_version <= SCHEMA_VERSION) return;
  throw audioError(
    `the transcript has schema version ${data.schema_version}`,
    "update asr, or write the transcript again with this version",
    `this version of asr reads up to ${SCHEMA_VERSION}`,
  );
}

/** The first thing wrong, with its place: `segments[3].start: expected number, …`. */
export function firstIssue(error: z.ZodError): string {
  const [issue] = error.issues;
  if (issue === undefined) return error.message;
  const place = issue.path
    .map((key) => (typeof key === "number" ? `[${key}]` : `.${String(key)}`))
    .join("")
    .replace(/^\./, "");
  return place === "" ? issue.message : `${place}: ${issue.message}`;
}
