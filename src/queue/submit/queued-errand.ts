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
  /**
   * Of a small input, which travels in the queue.
   *
   * @throws AsrError kind "audio" where it is not what the job was named after.
   */
  readonly bytes?: () => Promise<Uint8Array>;
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
  const facts = await legible(name, stat(path));
  if (!facts.isFile()) throw notOnQueue(name, "it is no file that a worker could open");
  const place = { path, sizeBytes: facts.size, modifiedMs: facts.mtimeMs };
  const isInline = facts.size <= INLINE_BYTES;
  const earlier = entry?.earlier();
  const payload: Payload = {
    schemaVersion: PAYLOAD_VERSION,
    name,
    provider: provider.id,
    settings: { ...settings, hotwords: [...settings.hotwords], live: false },
    wishes,
    strict,
    ...(raw === undefined ? {} : { raw }),
    input: isInline ? { kind: "inline", sizeBytes: facts.size } : { kind: "path", ...place },
    ...(earlier === undefined ? {} : { answeredFor: earlier.sha256 }),
  };
  const run = anew === undefined ? {} : { run: anew };
  // A list may name an input twice, for two results.
  const result = join(folder, input.own?.output ?? input.relativePath);
  return {
    job: jobId({ ...place, payload, result, ...run }),
    payload,
    ...(isInline ? { bytes: () => bytesOf(name, place) } : {}),
    earlier: new Map(
      [...(earlier?.answers ?? [])].map(([request, events]) => [request, { events }]),
    ),
  };
}

async function bytesOf(
  name: string,
  { path, sizeBytes, modifiedMs }: { path: string; sizeBytes: number; modifiedMs: number },
): Promise<Uint8Array> {
  const bytes = await legible(name, readFile(path));
  const { mtimeMs } = await legible(name, stat(path));
  if (bytes.length === sizeBytes && mtimeMs === modifiedMs) return bytes;
  throw audioError(`${name}: was changed while it was put on the queue`, "run the command again");
}

/** What the system says against a file, in our terms. */
function legible<Read>(name: string, reading: Promise<Read>): Promise<Read> {
  return reading.catch((error: unknown) => {
    throw readError(name, error);
  });
}

function notOnQueue(name: string, reason: string): Error {
  return audioError(`${name} can't go on the queue`, "save it to a file, and name that", reason);
}
