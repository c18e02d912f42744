/**
 * Takes outputs out of an ONNX model, in memory. The exported Whisper models hand out attention
 * weights that nobody reads, and the runtime must keep what is an output until the run ends: 432
 * MB in the encoder of base. An output is an entry in `GraphProto.output` (field 12 of
 * onnx.proto); the same entry in `GraphProto.value_info` (field 13) describes an intermediate
 * value. Both are `ValueInfoProto`, so one byte, the entry's tag, makes the one of the other.
 */

const MODEL_GRAPH = 7;
const GRAPH_OUTPUT = 12;
const GRAPH_VALUE_INFO = 13;
const VALUE_NAME = 1;

const VARINT = 0;
const FIXED_64 = 1;
const LENGTH_DELIMITED = 2;
const FIXED_32 = 5;

/** A field of a protobuf message: where its tag and its content lie. */
interface Field {
  readonly number: number;
  readonly wireType: number;
  readonly tagOffset: number;
  readonly start: number;
  readonly end: number;
}

/** Protobuf's base-128 number, and the offset after it. */
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

function* fieldsOf(bytes: Uint8Array, start: number, end: number): Generator<Field> {
  for (let offset = start; offset < end; ) {
    const tag = readVarint(bytes, offset);
    const field = { number: Math.floor(tag.value / 8), wireType: tag.value & 7, tagOffset: offset };
    const content = contentOf(bytes, field.wireType, tag.next);
    if (content.end > end) throw new RangeError("not a protobuf message: a field is too long");
    yield { ...field, ...content };
    offset = content.end;
  }
}

function contentOf(
  bytes: Uint8Array,
  wireType: number,
  offset: number,
): { start: number; end: number } {
  if (wireType === VARINT) return { start: offset, end: readVarint(bytes, offset).next };
  if (wireType === FIXED_64) return { start: offset, end: offset + 8 };
  if (wireType === FIXED_32) return { start: offset, end: offset + 4 };
  if (wireType === LENGTH_DELIMITED) {
    const length = readVarint(bytes, offset);
    return { start: length.next, end: length.next + length.value };
  }
  throw new RangeError(`not a protobuf message: wire type ${wireType}`);
}

/**
 * Makes intermediate values of all outputs that `keep` refuses; changes `model` in place.
 *
 * @throws RangeError where the bytes are no ONNX model
 */
export function keepOutputs(model: Uint8Array, keep: (name: string) => boolean): void {
  for (const graph of fieldsOf(model, 0, model.length)) {
    if (graph.number !== MODEL_GRAPH) continue;
    for (const output of fieldsOf(model, graph.start, graph.end)) {
      if (output.number !== GRAPH_OUTPUT || keep(valueName(model, output))) continue;
      model[output.tagOffset] = (GRAPH_VALUE_INFO << 3) | LENGTH_DELIMITED;
    }
  }
}

function valueName(model: Uint8Array, value: Field): string {
  for (const field of fieldsOf(model, value.start, value.end)) {
    if (field.number === VALUE_NAME) {
      return new TextDecoder().decode(model.subarray(field.start, field.end));
    }
  }
  return "";
}
