/** Whisper's encoder: 30 s of spectrogram become 1500 hidden states of 20 ms. */
import type { OnnxRuntime, OnnxSession } from "../../audio/voice/onnx.ts";
import { slimEncoder } from "./onnx-graph.ts";
import { ENCODER_THREADS, SESSION_OPTIONS } from "./runtime.ts";
import { WINDOW_FRAMES } from "./whisper-input.ts";

const OUTPUT = "last_hidden_state";

/** What the encoder heard: `stateCount` rows of `width` numbers, one row each 20 ms. */
export interface HiddenStates {
  readonly values: Float32Array;
  readonly stateCount: number;
  readonly width: number;
}

export class Encoder {
  readonly #runtime: OnnxRuntime;
  readonly #session: OnnxSession;
  readonly #bandCount: number;

  private constructor(runtime: OnnxRuntime, session: OnnxSession, bandCount: number) {
    this.#runtime = runtime;
    this.#session = session;
    this.#bandCount = bandCount;
  }

  /** @param weights the ONNX file; given up by the caller, its memory is freed */
  static async load(
    runtime: OnnxRuntime,
    weights: Uint8Array<ArrayBuffer>,
    bandCount: number,
  ): Promise<Encoder> {
    const model = slimEncoder(weights, OUTPUT);
    weights.buffer.transfer(0);
    // Without its arena the encoder gives the memory of a run back to the system after it.
    const session = await runtime.InferenceSession.create(model, {
      ...SESSION_OPTIONS,
      intraOpNumThreads: ENCODER_THREADS,
      enableCpuMemArena: false,
    });
    model.buffer.transfer(0);
    return new Encoder(runtime, session, bandCount);
  }

  /** @param mel `bandCount` rows of 3000 frames */
  async encode(mel: Float32Array): Promise<HiddenStates> {
    const input = new this.#runtime.Tensor("float32", mel, [1, this.#bandCount, WINDOW_FRAMES]);
    const { [OUTPUT]: states } = await this.#session.run({ input_features: input });
    const [, stateCount, width] = states?.dims ?? [];
    if (
      !(states?.data instanceof Float32Array) ||
      stateCount === undefined ||
      width === undefined
    ) {
      throw new Error("the encoder gave no hidden states");
    }
    return { values: states.data, stateCount, width };
  }

  async release(): Promise<void> {
    await this.#session.release();
  }
}

/** Audio that one state stands for, in milliseconds. */
export const STATE_MS = 20;

/** The states of a stretch of the window, in milliseconds from its start. */
export function sliceStates(states: HiddenStates, startMs: number, endMs: number): HiddenStates {
  const first = Math.min(Math.floor(startMs / STATE_MS), states.stateCount - 1);
  const end = Math.max(first + 1, Math.min(Math.ceil(endMs / STATE_MS), states.stateCount));
  return {
    values: states.values.slice(first * states.width, end * states.width),
    stateCount: end - first,
    width: states.width,
  };
}

/** One after the other, as if they had followed in time. */
export function joinStates(first: HiddenStates, second: HiddenStates): HiddenStates {
  const values = new Float32Array(first.values.length + second.values.length);
  values.set(first.values);
  values.set(second.values, first.values.length);
  return { values, stateCount: first.stateCount + second.stateCount, width: first.width };
}
