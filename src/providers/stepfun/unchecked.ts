/** Parameters that we do not know (`--set-unchecked`): where they go in the body, and as what. */
import { usageError } from "../../errors.ts";
import { FORMAT_NAMES } from "./parameters.ts";

export interface UncheckedFields {
  /** Fields of `audio.input.transcription`. */
  readonly transcription: Readonly<Record<string, unknown>>;
  /** Fields of `audio.input.format`: known ones, and those written `[audio.input.]format.NAME`. */
  readonly format: Readonly<Record<string, unknown>>;
}

const OWNED_NAMES: readonly string[] = ["data", "audio", "audio.data", "input", "audio.input"];

/** By the parent as it is, or as the document writes it. */
const FULL_NAME = /^(?:audio\.input\.|input\.)?(format|transcription)\.(.+)$/;

/**
 * A value that reads as a JSON number, boolean, null, list or object is sent as that, everything
 * else as text.
 *
 * @throws AsrError kind "usage" for a name that the program fills in itself, or of another place.
 */
export function uncheckedFields(parameters: Readonly<Record<string, string>>): UncheckedFields {
  const transcription: [string, unknown][] = [];
  const format: [string, unknown][] = [];
  for (const [written, value] of Object.entries(parameters)) {
    if (OWNED_NAMES.includes(written)) {
      throw usageError(`${written} is filled in by the program`, "take it away");
    }
    const [, parent, name = written] = FULL_NAME.exec(written) ?? [];
    if (parent === undefined && /^(?:audio|input)\./.test(written)) {
      throw usageError(
        `${written} can't be sent`,
        "write audio.input.transcription.NAME or audio.input.format.NAME",
      );
    }
    const goesToFormat = parent === "format" || FORMAT_NAMES.includes(written);
    (goesToFormat ? format : transcription).push([name, jsonOrText(value)]);
  }
  return { transcription: Object.fromEntries(transcription), format: Object.fromEntries(format) };
}

function jsonOrText(value: string): unknown {
  try {
    const parsed: unknown = JSON.parse(value);
    // 2^53 and beyond would be sent as another number.
    return typeof parsed === "number" && String(parsed) !== value ? value : parsed;
  } catch {
    return value;
  }
}
