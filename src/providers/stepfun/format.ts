/** `audio.input.format`: what the audio is (document, "音频格式"). */
import { AsrError } from "../../errors.ts";
import type { Warning } from "../../transcript/transcript.ts";
import type { AudioInput } from "../contract.ts";
import { CONTAINERS, FORMAT_NAMES, type StepfunParameters } from "./parameters.ts";

export interface FormatFields {
  readonly type: string;
  readonly codec?: string;
  readonly rate?: number;
  readonly bits?: number;
  readonly channel?: number;
}

/**
 * For headerless audio `rate`, `bits` and `channel` are required; other containers say it
 * themselves.
 *
 * @throws AsrError kind "internal": whoever plans requests converts to what `accepts` says.
 */
function formatOf({ container, encoding, sampleRate, channels }: AudioInput): FormatFields {
  if (container === "pcm" && encoding === "s16le") {
    return { type: "pcm", codec: "pcm_s16le", rate: sampleRate, bits: 16, channel: channels };
  }
  const type = CONTAINERS.find((known) => known === container);
  if (type === undefined || type === "pcm") {
    throw new AsrError("internal", `StepFun was given ${container} with ${encoding}`);
  }
  return { type };
}

/** The format as it is sent: what `--set` says wins over what the audio is. */
export function formatFields(audio: AudioInput, parameters: StepfunParameters): FormatFields {
  const set = Object.entries(parameters).filter(
    ([name, value]) => FORMAT_NAMES.includes(name) && value !== undefined,
  );
  return { ...formatOf(audio), ...Object.fromEntries(set) };
}

/** One for each field in which `sent` contradicts the audio. */
export function formatWarnings(
  audio: AudioInput,
  sent: Readonly<Record<string, unknown>>,
): Warning[] {
  return Object.entries(formatOf(audio))
    .filter(([name, fact]) => String(sent[name]) !== String(fact))
    .map(([name, fact]) => ({
      code: "format-overridden",
      message: `${name}=${sent[name]} is sent as asked, though the audio's is ${fact}`,
    }));
}
