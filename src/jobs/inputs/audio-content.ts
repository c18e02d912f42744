/** Which files of a folder are recordings: by content, and by name where the content is missing. */
import { open } from "node:fs/promises";
import pMap from "p-map";
import { hasAudioName } from "../../audio/audio-name.ts";
import { isCompressed } from "../../audio/compressed/facts.ts";
import { notAudioError } from "../../audio/open-errors.ts";
import { SNIFF_BYTES, sniff } from "../../audio/sniff.ts";
import { AsrError } from "../../errors.ts";
import type { Input, Listing, SkippedInput } from "./input.ts";

/** Whether what has no header may be samples: where it was named, or its name says so. */
export function mayBeHeaderless({ name, explicit }: Input): boolean {
  return explicit || /\.(?:pcm|raw)$/i.test(name);
}

/** Why a file of a folder is passed over. */
export function skipped(input: Input, error: AsrError): SkippedInput {
  const { reason, ...details } = error.details;
  return { input, error: new AsrError("audio", reason ?? error.message, details) };
}

async function firstBytes(file: string): Promise<Uint8Array> {
  const handle = await open(file, "r");
  try {
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(SNIFF_BYTES), 0, SNIFF_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

/** Undefined for audio, and for what fails when it is opened, with its own reason. */
async function whyNoAudio({ name, path: file }: Input): Promise<AsrError | undefined> {
  if (file === undefined || hasAudioName(name)) return undefined;
  const head = await firstBytes(file).catch(() => undefined);
  if (head === undefined) return undefined;
  const content = sniff(head);
  if (content.id === "wav" || isCompressed(content)) return undefined;
  const error = notAudioError(name, content, false);
  return error.details.notAudio ? error : undefined;
}

/** Enough to keep libuv's four threads busy. */
const FILES_AT_ONCE = 16;

/**
 * Looks at the first bytes of files that a folder brought, before their results are planned: two
 * that are no audio are in nobody's way. Names that promise audio are not looked at here.
 */
export async function withoutOtherFiles(
  found: readonly Input[],
  signal?: AbortSignal,
): Promise<Listing> {
  const reasons = await pMap(
    found,
    (input) => (input.explicit || input.error !== undefined ? undefined : whyNoAudio(input)),
    { concurrency: FILES_AT_ONCE, ...(signal === undefined ? {} : { signal }) },
  );
  const inputs: Input[] = [];
  const others: SkippedInput[] = [];
  found.forEach((input, index) => {
    const error = reasons[index];
    if (error === undefined) inputs.push(input);
    else others.push(skipped(input, error));
  });
  return { inputs, skipped: others };
}
