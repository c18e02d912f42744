/**
 * Protobuf messages without their schema: read field by field, rewritten field by field. Nothing
 * but the fields that change is copied until `concatenate`. Encoding: protobuf.dev,
 * "Encoding", wire types.
 */

const VARINT = 0;
const FIXED_64 = 1;
const LENGTH_DELIMITED = 2;
const FIXED_32 = 5;

export interface Field {
  readonly number: number;
  /** What is in it, without tag and length. */
  readonly content: Uint8Array;
  /** Tag, length and content as they came. */
  readonly whole: Uint8Array;
}

/** A base-128 number and the offset after it. */
function readVarint(bytes: Uint8Array, offset: number): { value: number; next: number } {
  let value = 0;
  let factor = 1;
  for (let next = offset; next < bytes.length; ) {
    const byte = bytes[next++] ?? 0;
    value += (byte & 0x7f) * factor;
    factor *= 128;
    if (byte < 128) return { value, next };
  }
  throw new RangeError("not a protobuf message: it ends inside a number");
}

function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  let rest = value;
  do {
    const low = rest % 128;
    rest = Math.floor(rest / 128);
    bytes.push(rest > 0 ? low | 0x80 : low);
  } while (rest > 0);
  return Uint8Array.from(bytes);
}

/** @throws RangeError where the bytes are no message */
export function* fieldsOf(message: Uint8Array): Generator<Field> {
  for (let offset = 0; offset < message.length; ) {
    const tag = readVarint(message, offset);
    const [start, end] = contentRange(message, tag.value % 8, tag.next);
    if (end > message.length) throw new RangeError("not a protobuf message: it is cut short");
    yield {
      number: Math.floor(tag.value / 8),
      content: message.subarray(start, end),
      whole: message.subarray(offset, end),
    };
    offset = end;
  }
}

function contentRange(
  message: Uint8Array,
  wireType: number,
  offset: number,
): [start: number, end: number] {
  if (wireType === VARINT) return [offset, readVarint(message, offset).next];
  if (wireType === FIXED_64) return [offset, offset + 8];
  if (wireType === FIXED_32) return [offset, offset + 4];
  if (wireType === LENGTH_DELIMITED) {
    const length = readVarint(message, offset);
    return [length.next, length.next + length.value];
  }
  throw new RangeError(`not a protobuf message: wire type ${wireType}`);
}

/** Pieces of a message, to be put one after the other. */
export type Pieces = readonly Uint8Array[];

/** A field that holds a message, bytes or text. */
export function field(number: number, content: string | Pieces): Pieces {
  const pieces = typeof content === "string" ? [new TextEncoder().encode(content)] : content;
  const length = pieces.reduce((sum, piece) => sum + piece.length, 0);
  return [varint(number * 8 + LENGTH_DELIMITED), varint(length), ...pieces];
}

/** A field that holds a number. */
export function numberField(number: number, value: number): Pieces {
  return [varint(number * 8 + VARINT), varint(value)];
}

/** A message with some fields replaced: `edit` gives what comes instead, or undefined. */
export function rewrite(
  message: Uint8Array,
  edit: (field: Field) => Pieces | undefined,
): Uint8Array[] {
  const pieces: Uint8Array[] = [];
  for (const found of fieldsOf(message)) pieces.push(...(edit(found) ?? [found.whole]));
  return pieces;
}

export function concatenate(pieces: Pieces): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let offset = 0;
  for (const piece of pieces) {
    whole.set(piece, offset);
    offset += piece.length;
  }
  return whole;
}
