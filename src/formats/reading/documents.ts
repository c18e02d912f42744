/** The JSON documents of a text: one, one a line, or one a server-sent event. */
import { AsrError } from "../../errors.ts";
import { offsetOfJsonError } from "../../settings/json-place.ts";
import { isBlank, linesOf } from "./lines.ts";

export interface JsonDocument {
  readonly value: unknown;
  /** Where it begins, from 1. */
  readonly line: number;
}

export interface JsonDocuments {
  readonly documents: readonly JsonDocument[];
  /** The last line breaks off: whoever wrote it was stopped, or still writes. */
  readonly isCutShort: boolean;
}

/** What an event stream may hold besides data (WHATWG HTML, "server-sent events"). */
const SSE_FIELD = /^(?:data|event|id|retry)?:/;
const SSE_DATA = /^data: ?(.*)$/;

export function looksLikeEventStream(text: string): boolean {
  const first = linesOf(text).find((line) => !isBlank(line)) ?? "";
  return SSE_FIELD.test(first) && linesOf(text).some((line) => SSE_DATA.test(line));
}

/** @throws AsrError kind "audio" with the line that is no JSON. */
export function jsonDocuments(text: string): JsonDocuments {
  const plain = text.replace(/^\ufeff/, "");
  if (looksLikeEventStream(plain)) return lineDocuments(eventData(plain));
  const whole = parsed(plain);
  if (whole !== undefined) {
    return { documents: [{ value: whole.value, line: 1 }], isCutShort: false };
  }
  const lines = linesOf(plain).map((line, at) => ({ text: line, line: at + 1 }));
  const first = lines.find((line) => !isBlank(line.text));
  // Where the first line is no document by itself, the whole was to be one.
  if (first === undefined || parsed(first.text) === undefined) throw broken(plain, 1);
  return lineDocuments(lines);
}

interface NumberedLine {
  readonly text: string;
  readonly line: number;
}

function lineDocuments(lines: readonly NumberedLine[]): JsonDocuments {
  const written = lines.filter(({ text }) => !isBlank(text));
  const documents: JsonDocument[] = [];
  for (const { text, line } of written) {
    const found = parsed(text);
    if (found !== undefined) documents.push({ value: found.value, line });
    else if (line === lines.at(-1)?.line && documents.length > 0) {
      return { documents, isCutShort: true };
    } else throw broken(text, line);
  }
  return { documents, isCutShort: false };
}

function eventData(text: string): NumberedLine[] {
  return linesOf(text).flatMap((line, at) => {
    const data = SSE_DATA.exec(line)?.[1];
    return data === undefined || data === "[DONE]" ? [] : [{ text: data, line: at + 1 }];
  });
}

function parsed(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

/** @param line of the text's first character */
function broken(text: string, line: number): AsrError {
  const before = text.slice(0, offsetOfJsonError(text) ?? 0);
  const lines = linesOf(before);
  const at = line + lines.length - 1;
  const column = (lines.at(-1)?.length ?? 0) + 1;
  const isCut = before.trimEnd().length === text.trimEnd().length;
  return new AsrError("audio", `line ${at}: the JSON is broken`, {
    reason: isCut ? "it ends too early" : `character ${column} can't stand there`,
    hint: "write the file again; a download may have broken off",
  });
}
