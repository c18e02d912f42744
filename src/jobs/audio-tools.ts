/** Looks for programs that read more kinds of audio. Lacking one is no fault. */
import { findMediaTools } from "../audio/compressed/ffmpeg/find.ts";
import { toolOutput } from "../audio/compressed/ffmpeg/tool-process.ts";
import type { MediaTools } from "../audio/types.ts";
import type { Finding } from "./doctor.ts";

/** A program on a disk answers in a tenth of that. */
const PATIENCE_MS = 10_000;

const FFMPEG = { subject: "audio", check: "ffmpeg" } as const;

const WITHOUT =
  "what has no decoder here needs it: AAC (m4a, mp4) that is converted, AMR-WB, Speex, WMA, AC-3";

export interface Machine {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  readonly signal: AbortSignal;
}

/** @throws the signal's reason where it was aborted. */
export async function examineAudioTools({
  environment,
  platform,
  signal,
}: Machine): Promise<Finding> {
  const mend = installing(platform);
  const tools = await findMediaTools(environment, platform);
  if (tools === undefined) {
    return { ...FFMPEG, state: "off", detail: `not installed; ${WITHOUT}`, mend };
  }
  const version = await versionOf(tools, signal);
  if (version === undefined) {
    return { ...FFMPEG, state: "off", detail: `${tools.ffmpeg} does not run; ${WITHOUT}`, mend };
  }
  return { ...FFMPEG, state: "ok", detail: `ffmpeg ${version}, ${tools.ffmpeg}` };
}

/** "5.1.6"; of a build without a number what it calls itself. */
async function versionOf(
  { ffmpeg, environment = {} }: MediaTools,
  signal: AbortSignal,
): Promise<string | undefined> {
  const run = { program: ffmpeg, words: ["-version"], environment };
  const patience = AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]);
  let text = "";
  try {
    for await (const piece of toolOutput(run, patience)) text += Buffer.from(piece).toString();
  } catch {
    signal.throwIfAborted();
    return undefined;
  }
  return /^ffmpeg version (\d[\d.]*\d|\S+)/.exec(text)?.[1];
}

function installing(platform: NodeJS.Platform): string {
  if (platform === "darwin") return "brew install ffmpeg";
  return platform === "win32" ? "winget install ffmpeg" : "apt install ffmpeg";
}
