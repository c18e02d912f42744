/** Our JSON Lines, back to the transcript that its job made. */
import { z } from "zod";
import { type AsrError, audioError } from "../../errors.ts";
import { transcriptFromJson } from "../../transcript/from-json.ts";
import { firstIssue, refuseNewer } from "../../transcript/json.ts";
import { transcriptSchema } from "../../transcript/schema.ts";
import { SCHEMA_VERSION } from "../../transcript/schema-version.ts";
import type { Transcript } from "../../transcript/transcript.ts";
import type { JsonDocument, JsonDocuments } from "./documents.ts";

const EVENT = z.looseObject({ type: z.string(), input: z.string().optional() });
const START = z.looseObject({ type: z.literal("start"), schema_version: z.number() });
const ENDS = z.object({ end: z.number() });

export function isOurEvents([first]: readonly JsonDocument[]): boolean {
  return START.safeParse(first?.value).success;
}

/**
 * @throws AsrError kind "audio" for events of several inputs, of a newer version, or that lack what
 *   they must have, with the line.
 */
export function readEvents({ documents, isCutShort }: JsonDocuments): Transcript {
  refuseNewer(documents[0]?.value);
  refuseSeveral(documents);
  const finals = ofType(documents, "final");
  const [done] = ofType(documents, "done");
  const facts = done ?? { value: factsSoFar(documents, finals), line: documents.at(-1)?.line ?? 1 };
  const segments = finals.map(({ value }) => value);
  const { data, error } = transcriptSchema.safeParse({
    ...Object(facts.value),
    text: "",
    segments,
  });
  if (error !== undefined) throw unreadable(error, finals, facts);
  const transcript = transcriptFromJson(data);
  if (done !== undefined && !isCutShort) return transcript;
  const message = "the file ends before its job did: what it holds so far is read";
  return { ...transcript, warnings: [...transcript.warnings, { code: "incomplete", message }] };
}

function ofType(documents: readonly JsonDocument[], type: string): JsonDocument[] {
  return documents.filter(({ value }) => EVENT.safeParse(value).data?.type === type);
}

/** What `done` would say, of a job that failed or was ended. */
function factsSoFar(documents: readonly JsonDocument[], finals: readonly JsonDocument[]) {
  const start = Object(documents[0]?.value);
  const duration = finals.reduce(
    (most, { value }) => Math.max(most, ENDS.safeParse(value).data?.end ?? 0),
    0,
  );
  return {
    schema_version: SCHEMA_VERSION,
    provider: start.provider,
    ...(start.model === undefined ? {} : { model: start.model }),
    duration,
    warnings: ofType(documents, "warning").map(({ value }) => value),
    request_ids: [],
  };
}

function refuseSeveral(documents: readonly JsonDocument[]): void {
  const inputs = new Set(documents.map(({ value }) => EVENT.safeParse(value).data?.input));
  if (inputs.size <= 1) return;
  const names = [...inputs].slice(0, 3).join(", ");
  throw audioError(
    `the file holds the events of ${inputs.size} inputs: ${names}`,
    `pick one: grep '"input":"${[...inputs][0]}"' FILE | asr format -`,
  );
}

function unreadable(
  error: z.ZodError,
  finals: readonly JsonDocument[],
  facts: JsonDocument,
): AsrError {
  const [area, index] = error.issues[0]?.path ?? [];
  const at = area === "segments" && typeof index === "number" ? finals[index] : facts;
  return audioError(
    `line ${at?.line ?? facts.line}: not an event as asr writes it`,
    "give JSON Lines as asr writes them: asr transcribe -f jsonl",
    firstIssue(error),
  );
}
