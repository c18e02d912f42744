/** An errand as a job: what the queue is told of it. */
import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { readError } from "../../audio/read-error.ts";
import { audioError } from "../../errors.ts";
import type { Errand } from "../../jobs/delegate.ts";
import { jobId } from "../job-id.ts";
import type { Answer } from "../outcome.ts";
import { INLINE_BYTES, PAYLOAD_VERSION, type Payload } from "../payload.ts";

export interface Submission {
  /** The output folder, absolute: whose results they are. */
  readonly folder: string;
  /** Of a run that wants all anew. */
  readonly anew?: string;
}

export interface QueuedErrand {
  readonly job: string;
  readonly payload: Payload;
  /** Of a small input, which travels in the queue. */
  readonly bytes?: Uint8Array;
  /** What was answered to earlier runs, by what names a request's audio. */
  readonly earlier: ReadonlyMap<string, Answer>;
}

/** @throws AsrError kind "audio" for what is missing, unreadable or no file. */
export async function queuedErrand(
  { input, recogniser, wishes, strict, raw, entry }: Errand,
  { folder, anew }: Submission,
): Promise<QueuedErrand> {
  const { name, path } = input;
  const { provider, settings } = recogniser;
  if (path === undefined) throw notOnQueue("stdin", "it is read here, and once only");
  const facts = await stat(path).catch((error: unknown) => {
    throw readError(name, error);
  });
  if (!facts.isFile()) throw notOnQueue(name, "it is no file that a worker could open");
  const place = { path, sizeBytes: facts.size, modifiedMs: facts.mtimeMs };
  const bytes = facts.size > INLINE_BYTES ? undefined : await readFile(path);
  const earlier = entry?.earlier();
  const payload: Payload = {
    schemaVersion: PAYLOAD_VERSION,
    name,
    provider: provider.id,
    settings: { ...settings, hotwords: [...settings.hotwords], live: false },
    wishes,
    strict,
    ...(raw === undefined ? {} : { raw }),
    input:
      bytes === undefined
        ? { kind: "path", ...place }
        : { kind: "inline", sizeBytes: bytes.length },
    ...(earlier === undefined ? {} : { answeredFor: earlier.sha256 }),
  };
  const run = anew === undefined ? {} : { run: anew };
  // A list may name an input twice, for two results.
  const result = join(folder, input.own?.output ?? input.relativePath);
  return {
    job: jobId({ ...place, payload, result, ...run }),
    payload,
    ...(bytes === undefined ? {} : { bytes }),
    earlier: new Map(
      [...(earlier?.answers ?? [])].map(([request, events]) => [request, { events }]),
    ),
  };
}

function notOnQueue(name: string, reason: string): Error {
  return audioError(`${name} can't go on the queue`, "save it to a file, and name that", reason);
}
