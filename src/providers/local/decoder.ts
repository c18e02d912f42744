/**
 * Whisper's decoder with its memory. The exported graph holds two: one that reads a whole prompt
 * and projects the encoder's states, and one that takes a single token and the keys and values
 * of all before it (`use_cache_branch`).
 */
import type { OnnxRuntime, OnnxSession, OnnxTensor, OnnxTensors } from "../../audio/voice/onnx.ts";
import type { HiddenStates } from "./encoder.ts";
import type { TokenModel } from "./greedy.ts";
import { slimDecoder } from "./onnx-graph.ts";
import { SESSION_OPTIONS } from "./runtime.ts";
import type { ModelConfig } from "./tokens.ts";

export class Decoder {
  readonly #runtime: OnnxRuntime;
  readonly #session: OnnxSession;
  readonly #config: ModelConfig;

  private constructor(runtime: OnnxRuntime, session: OnnxSession, config: ModelConfig) {
    this.#runtime = runtime;
    this.#session = session;
    this.#config = config;
  }

  /** @param weights the ONNX file; given up by the caller, its memory is freed */
  static async load(
    runtime: OnnxRuntime,
    weights: Uint8Array<ArrayBuffer>,
    config: ModelConfig,
  ): Promise<Decoder> {
    const model = slimDecoder(weights);
    weights.buffer.transfer(0);
    // One thread: a token takes as long with two. Every token has shapes of its own, so that a
    // remembered pattern of memory would fit none again.
    const session = await runtime.InferenceSession.create(model, {
      ...SESSION_OPTIONS,
      intraOpNumThreads: 1,
      enableMemPattern: false,
    });
    model.buffer.transfer(0);
    return new Decoder(runtime, session, config);
  }

  /** Reads a prompt. The run must be closed before the next begins. */
  async start(states: HiddenStates, prompt: readonly number[]): Promise<DecoderRun> {
    const { Tensor } = this.#runtime;
    const heads = this.#config.decoder_attention_heads;
    const feeds: OnnxTensors = {
      encoder_hidden_states: new Tensor("float32", states.values, [
        1,
        states.stateCount,
        states.width,
      ]),
    };
    const empty = [1, heads, 0, this.#config.d_model / heads];
    for (const name of this.#cacheNames()) {
      feeds[`past_key_values.${name}`] = new Tensor("float32", new Float32Array(0), empty);
    }
    const run = new DecoderRun(this.#runtime, this.#session, this.#cacheNames(), feeds);
    await run.read(prompt);
    return run;
  }

  async release(): Promise<void> {
    await this.#session.release();
  }

  #cacheNames(): string[] {
    return Array.from({ length: this.#config.decoder_layers }, (_, layer) => layer).flatMap(
      (layer) =>
        ["decoder", "encoder"].flatMap((side) => [
          `${layer}.${side}.key`,
          `${layer}.${side}.value`,
        ]),
    );
  }
}

/** The decoder on its way through one window. */
export class DecoderRun implements TokenModel {
  readonly #runtime: OnnxRuntime;
  readonly #session: OnnxSession;
  readonly #cacheNames: readonly string[];
  readonly #feeds: OnnxTensors;
  #logits: Float32Array = new Float32Array(0);
  #tokenCount = 0;

  constructor(
    runtime: OnnxRuntime,
    session: OnnxSession,
    cacheNames: readonly string[],
    feeds: OnnxTensors,
  ) {
    this.#runtime = runtime;
    this.#session = session;
    this.#cacheNames = cacheNames;
    this.#feeds = feeds;
  }

  /** Reads the prompt that starts a run. */
  async read(prompt: readonly number[]): Promise<void> {
    await this.#step(prompt, false);
  }

  async next(token: number): Promise<Float32Array> {
    await this.#step([token], true);
    return this.logitsAt(-1);
  }

  /** Logits after one of the tokens read last; a view that may be changed. */
  logitsAt(index: number): Float32Array {
    const at = index < 0 ? this.#tokenCount + index : index;
    const size = this.#logits.length / this.#tokenCount;
    return this.#logits.subarray(at * size, (at + 1) * size);
  }

  /** Frees what the run remembers, without waiting for the garbage collector. */
  close(): void {
    for (const name of this.#cacheNames) free(this.#feeds[`past_key_values.${name}`]);
  }

  async #step(tokens: readonly number[], cached: boolean): Promise<void> {
    const { Tensor } = this.#runtime;
    this.#feeds.input_ids = new Tensor("int64", BigInt64Array.from(tokens, BigInt), [
      1,
      tokens.length,
    ]);
    this.#feeds.use_cache_branch = new Tensor("bool", Uint8Array.of(Number(cached)), [1]);
    const results = await this.#session.run(this.#feeds);
    const logits = results.logits?.data;
    if (!(logits instanceof Float32Array)) throw new Error("the decoder gave no logits");
    this.#logits = logits;
    this.#tokenCount = tokens.length;
    for (const name of this.#cacheNames) {
      const present = results[`present.${name}`];
      // With the cache, what comes of the encoder's side is empty: it does not change.
      if (present === undefined || (cached && name.includes(".encoder."))) continue;
      const past = this.#feeds[`past_key_values.${name}`];
      this.#feeds[`past_key_values.${name}`] = present;
      free(past);
    }
  }
}

function free(tensor: OnnxTensor | undefined): void {
  const data = tensor?.data;
  if (ArrayBuffer.isView(data) && data.buffer instanceof ArrayBuffer) data.buffer.transfer(0);
}
