/** The pieces of an answer: from bytes to what can be read in a file, and back. */
import { isUtf8 } from "node:buffer";
import { replaceBytes } from "./replace-bytes.ts";
import type { CallRule } from "./rules.ts";
import type { AnswerRecord, PieceRecord } from "./schema.ts";
import { MASK, type Scrubber } from "./scrub.ts";

/** A piece as it came. */
export interface TimedPiece {
  /** Since the request began. */
  readonly ms: number;
  readonly bytes: Uint8Array;
}

/**
 * Pieces without secrets. What a token call answers is learned, so that it is hidden from here on;
 * where it can't be read, nothing of it is kept.
 */
export function keptPieces(
  pieces: readonly TimedPiece[],
  { secretAnswers = [] }: CallRule,
  scrubber: Scrubber,
): PieceRecord[] {
  const whole = Buffer.concat(pieces.map(({ bytes }) => bytes));
  if (secretAnswers.length > 0 && !learn(whole, secretAnswers, scrubber)) {
    return pieces.slice(-1).map(({ ms }) => ({ ms, text: MASK }));
  }
  const { bytes, ends } = scrubber.bytes(whole, endsOf(pieces.map((piece) => piece.bytes)));
  return ends
    .map(
      (end, index) => [pieces[index]?.ms ?? 0, bytes.subarray(ends[index - 1] ?? 0, end)] as const,
    )
    .filter(([, piece]) => piece.length > 0)
    .map(([ms, piece]) => ({
      ms,
      ...(isUtf8(piece) ? { text: piece.toString() } : { base64: piece.toString("base64") }),
    }));
}

/** @returns false where it is no JSON, and may hold any part of a secret. */
function learn(whole: Buffer, fields: readonly string[], scrubber: Scrubber): boolean {
  let answer: unknown;
  try {
    answer = JSON.parse(whole.toString());
  } catch {
    return false;
  }
  for (const field of fields) {
    const value: unknown = Object(answer)[field];
    if (typeof value === "string") scrubber.learn(value);
  }
  return true;
}

/** The pieces with the identifier that was asked with in place of the recorded one. */
export function playedPieces(
  { pieces }: Pick<AnswerRecord, "pieces">,
  recorded: string | undefined,
  asked: string | undefined,
): TimedPiece[] {
  const parts = pieces.map(({ text, base64 }) =>
    text === undefined ? Buffer.from(base64 ?? "", "base64") : Buffer.from(text),
  );
  const isSame = recorded === undefined || asked === undefined || recorded === asked;
  const whole = Buffer.concat(parts);
  const { bytes, ends } = replaceBytes(
    whole,
    isSame ? [] : placesOf(whole, recorded),
    Buffer.from(asked ?? ""),
    endsOf(parts),
  );
  return pieces.map(({ ms }, index) => ({
    ms,
    bytes: bytes.subarray(ends[index - 1] ?? 0, ends[index]),
  }));
}

function placesOf(whole: Buffer, text: string) {
  const found: { startByte: number; endByte: number }[] = [];
  const { length } = Buffer.from(text);
  for (let at = whole.indexOf(text); at !== -1; at = whole.indexOf(text, at + length)) {
    found.push({ startByte: at, endByte: at + length });
  }
  return found;
}

function endsOf(parts: readonly Uint8Array[]): number[] {
  let endByte = 0;
  return parts.map((part) => {
    endByte += part.byteLength;
    return endByte;
  });
}
