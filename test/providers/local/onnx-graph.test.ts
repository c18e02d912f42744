import { describe, expect, it } from "vitest";
import { slimDecoder, slimEncoder } from "../../../src/providers/local/onnx-graph.ts";
import {
  concatenate,
  field,
  fieldsOf,
  numberField,
  type Pieces,
} from "../../../src/providers/local/protobuf.ts";

const node = (operator: string, inputs: readonly string[], output: string, more: Pieces = []) =>
  field(1, [
    ...inputs.flatMap((input) => field(1, input)),
    ...field(2, output),
    ...field(4, operator),
    ...more,
  ]);
const output = (name: string) => field(12, field(1, name));
const model = (graph: Pieces) =>
  concatenate([...numberField(1, 8), ...field(7, graph), ...field(8, numberField(2, 13))]);

/** Every text in a message and in the messages in it that can be read as such, by field number. */
function textsIn(message: Uint8Array, path: readonly number[]): string[] {
  const [number, ...rest] = path;
  return [...fieldsOf(message)]
    .filter((found) => found.number === number)
    .flatMap(({ content }) =>
      rest.length === 0 ? [new TextDecoder().decode(content)] : textsIn(content, rest),
    );
}

const OUTPUTS = [7, 12, 1];
const OPERATORS = [7, 1, 4];

/** The end of an exported decoder: a table of bytes, unpacked, times the last values. */
const branch = [
  ...node("Transpose", ["table"], "turned"),
  ...node("DequantizeLinear", ["turned", "scale", "zero"], "unpacked"),
  ...node("MatMul", ["values", "unpacked"], "logits"),
];

describe("a graph made slim", () => {
  it("keeps the output that is read, and everything else", () => {
    const whole = model([
      ...node("Add", ["a", "b"], "last_hidden_state"),
      ...output("last_hidden_state"),
      ...output("encoder_attentions.0"),
    ]);
    const slim = slimEncoder(whole, "last_hidden_state");
    expect(textsIn(slim, OUTPUTS)).toEqual(["last_hidden_state"]);
    expect(textsIn(slim, OPERATORS)).toEqual(["Add"]);
    expect([...fieldsOf(slim)].map(({ number }) => number)).toEqual([1, 7, 8]);
  });

  it("computes logits from the bytes of the table, also inside a condition", () => {
    const inside = field(5, [...field(1, "then_branch"), ...field(6, branch)]);
    const whole = model([
      ...node("If", ["use_cache_branch"], "logits", inside),
      ...output("logits"),
      ...output("present.0.decoder.key"),
      ...output("cross_attentions.0"),
    ]);
    const slim = slimDecoder(whole);
    const INSIDE = [7, 1, 5, 6, 1];
    expect(textsIn(slim, OUTPUTS)).toEqual(["logits", "present.0.decoder.key"]);
    expect(textsIn(slim, [...INSIDE, 4])).toEqual(["Transpose", "DynamicQuantizeMatMul"]);
    expect(textsIn(slim, [...INSIDE, 1])).toEqual(["table", "values", "turned", "scale", "zero"]);
    expect(textsIn(slim, [8, 1])).toEqual(["com.microsoft"]);
  });

  it("leaves a table of another kind as it is", () => {
    const floating = model([...node("MatMul", ["values", "table"], "logits"), ...output("logits")]);
    expect(textsIn(slimDecoder(floating), OPERATORS)).toEqual(["MatMul"]);
  });

  it("imports the runtime's operators once", () => {
    const whole = concatenate([model([...branch]), ...field(8, field(1, "com.microsoft"))]);
    expect(textsIn(slimDecoder(whole), [8, 1])).toEqual(["com.microsoft"]);
  });

  it("refuses what is no model", () => {
    for (const bytes of [[0x3a, 0x80], [0x3a, 0x05, 0x01], [0x0b]]) {
      expect(() => slimEncoder(Uint8Array.from(bytes), "")).toThrow(RangeError);
    }
  });
});
