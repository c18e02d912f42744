/**
 * Changes to the exported Whisper graphs, made in memory when a model is loaded. Field numbers
 * and operators: onnx/onnx.proto and onnxruntime's ContribOperators.md.
 *
 * 1. The exports hand out attention weights that nobody reads. What is an output is kept until
 *    the run ends: 432 MB in the encoder of base.
 * 2. The last product of the decoder, by the table of 51865 tokens, is computed in floating
 *    point from a table that is stored in bytes and unpacked for each token: 106 MB a time.
 *    One operator computes it from the bytes, as every other layer of the model does already.
 *    A token then takes 4 ms instead of 10, and the process 150 MB less; the probabilities
 *    hardly change (a divergence of 0.002 on speech), the texts of the fixtures by one comma.
 */
import {
  concatenate,
  type Field,
  field,
  fieldsOf,
  numberField,
  type Pieces,
  rewrite,
} from "./protobuf.ts";

const MODEL = { graph: 7, opsetImport: 8 } as const;
const OPSET = { domain: 1, version: 2 } as const;
const GRAPH = { node: 1, output: 12 } as const;
const NODE = { input: 1, output: 2, name: 3, operator: 4, attribute: 5, domain: 7 } as const;
const ATTRIBUTE = { graph: 6 } as const;
const VALUE = { name: 1 } as const;

const MICROSOFT = "com.microsoft";
const LOGITS = "logits";

/** The encoder with its hidden states as its only output. */
export function slimEncoder(model: Uint8Array, output: string): Uint8Array<ArrayBuffer> {
  return concatenate(
    rewriteGraph(model, () => (found) => (isOtherOutput(found, [output]) ? [] : undefined)),
  );
}

/**
 * The decoder with logits, computed from the quantised table, and its cache as its outputs. A
 * table that is made in another way stays as it is.
 */
export function slimDecoder(model: Uint8Array): Uint8Array<ArrayBuffer> {
  const read = [LOGITS, "present."];
  const pieces = rewriteGraph(model, (graph) => {
    const quantise = quantiseLogits(graph);
    return (found) => (isOtherOutput(found, read) ? [] : quantise(found));
  });
  return concatenate(importsMicrosoft(model) ? pieces : [...pieces, ...microsoftImport()]);
}

/** Whether the model may use operators that are the runtime's own. */
function importsMicrosoft(model: Uint8Array): boolean {
  return [...fieldsOf(model)].some(
    ({ number, content }) =>
      number === MODEL.opsetImport && texts(content, OPSET.domain).includes(MICROSOFT),
  );
}

function microsoftImport(): Pieces {
  const opset = [...field(OPSET.domain, MICROSOFT), ...numberField(OPSET.version, 1)];
  return field(MODEL.opsetImport, opset);
}

/** What comes instead of a field of a graph; undefined: the field itself. */
type GraphEdit = (found: Field) => Pieces | undefined;

function rewriteGraph(model: Uint8Array, edit: (graph: Uint8Array) => GraphEdit): Pieces {
  return rewrite(model, ({ number, content }) =>
    number === MODEL.graph ? field(MODEL.graph, rewrite(content, edit(content))) : undefined,
  );
}

/** @param prefixes of the names to keep */
function isOtherOutput({ number, content }: Field, prefixes: readonly string[]): boolean {
  if (number !== GRAPH.output) return false;
  const [name = ""] = texts(content, VALUE.name);
  return !prefixes.some((prefix) => name.startsWith(prefix));
}

function texts(message: Uint8Array, number: number): string[] {
  const decoder = new TextDecoder();
  const found: string[] = [];
  for (const { number: at, content } of fieldsOf(message)) {
    if (at === number) found.push(decoder.decode(content));
  }
  return found;
}

/** The edit of a graph and of those inside: the decoder is two graphs under a condition. */
function quantiseLogits(graph: Uint8Array): GraphEdit {
  const edits = new Map<number, () => Pieces>();
  const unpackings = new Map<string | undefined, Uint8Array>();
  let product: Uint8Array | undefined;
  for (const { number, content: node } of fieldsOf(graph)) {
    if (number !== GRAPH.node) continue;
    const [operator] = texts(node, NODE.operator);
    if (operator === "If") edits.set(node.byteOffset, () => quantiseInside(node));
    if (operator === "DequantizeLinear") unpackings.set(texts(node, NODE.output)[0], node);
    if (operator === "MatMul" && texts(node, NODE.output)[0] === LOGITS) product = node;
  }
  if (product !== undefined) {
    const [values = "", table] = texts(product, NODE.input);
    const unpacking = unpackings.get(table);
    if (unpacking !== undefined) {
      const inputs = [values, ...texts(unpacking, NODE.input)];
      edits.set(unpacking.byteOffset, () => []);
      edits.set(product.byteOffset, () => quantisedProduct(inputs));
    }
  }
  return ({ content }) => edits.get(content.byteOffset)?.();
}

function quantiseInside(node: Uint8Array): Pieces {
  const graphs = (attribute: Uint8Array) =>
    rewrite(attribute, ({ number, content }) =>
      number === ATTRIBUTE.graph
        ? field(ATTRIBUTE.graph, rewrite(content, quantiseLogits(content)))
        : undefined,
    );
  const edited = rewrite(node, ({ number, content }) =>
    number === NODE.attribute ? field(NODE.attribute, graphs(content)) : undefined,
  );
  return field(GRAPH.node, edited);
}

/**
 * DynamicQuantizeMatMul(A, B, b_scale, b_zero_point): A is float, B bytes, the result float.
 * The last three are just what the unpacking took.
 */
function quantisedProduct(inputs: readonly string[]): Pieces {
  return field(GRAPH.node, [
    ...inputs.flatMap((input) => field(NODE.input, input)),
    ...field(NODE.output, LOGITS),
    ...field(NODE.name, "logits_quantised"),
    ...field(NODE.operator, "DynamicQuantizeMatMul"),
    ...field(NODE.domain, MICROSOFT),
  ]);
}
