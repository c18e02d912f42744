/** Looks for programs that read more kinds of audio. Lacking one is no fault. */
import { findMediaTools } from "../audio/compressed/ffmpeg/find.ts";
import { toolOutput } from "../audio/compressed/ffmpeg/tool-process.ts";
import type { MediaTools } from "../audio/types.ts";
import type { Finding } from "./doctor.ts";

/** A program on a disk answers in a tenth of that. */
const PATIENCE_MS = 10_000;

interface Tool {
  readonly name: "ffmpeg" | "ffprobe";
  /** What is lost without it. */
  readonly without: string;
}

const FFMPEG: Tool = {
  name: "ffmpeg",
  without:
    "what has no decoder here needs it: AAC (m4a, mp4) that is converted, AMR-WB, Speex, WMA, AC-3",
};
const FFPROBE: Tool = {
  name: "ffprobe",
  without: "containers that have no reader here need it: AVI, WMA, CAF, AIFF, compressed WAV",
};

export interface Machine {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  readonly signal: AbortSignal;
}

/**
 * Looks at ffmpeg and, where that is there, at the ffprobe that belongs to it.
 *
 * @throws the signal's reason where it was aborted.
 */
export async function examineAudioTools({
  environment,
  platform,
  signal,
}: Machine): Promise<readonly Finding[]> {
  const tools = await findMediaTools(environment, platform);
  const looked = tools === undefined ? [FFMPEG] : [FFMPEG, FFPROBE];
  const findings: Finding[] = [];
  for (const tool of looked) findings.push(await examineTool(tool, tools, platform, signal));
  return findings;
}

async function examineTool(
  { name, without }: Tool,
  tools: MediaTools | undefined,
  platform: NodeJS.Platform,
  signal: AbortSignal,
): Promise<Finding> {
  const base = { subject: "audio", check: name } as const;
  const mend = installing(platform);
  const program = tools?.[name];
  if (program === undefined) {
    return { ...base, state: "off", detail: `not installed; ${without}`, mend };
  }
  const version = await versionOf(name, program, tools?.environment, signal);
  if (version === undefined) {
    return { ...base, state: "off", detail: `${program} does not run; ${without}`, mend };
  }
  return { ...base, state: "ok", detail: `${name} ${version}, ${program}` };
}

/** "5.1.6"; of a build without a number what it calls itself. */
async function versionOf(
  name: Tool["name"],
  program: string,
  environment: MediaTools["environment"] = {},
  signal: AbortSignal,
): Promise<string | undefined> {
  const run = { program, words: ["-version"], environment };
  const patience = AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]);
  let text = "";
  try {
    for await (const piece of toolOutput(run, patience)) text += Buffer.from(piece).toString();
  } catch {
    signal.throwIfAborted();
    return undefined;
  }
  const [, said, version] = /^(\S+) version (\d[\d.]*\d|\S+)/.exec(text) ?? [];
  return said === name ? version : undefined;
}

function installing(platform: NodeJS.Platform): string {
  if (platform === "darwin") return "brew install ffmpeg";
  return platform === "win32" ? "winget install ffmpeg" : "apt install ffmpeg";
}
