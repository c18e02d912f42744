/** Silero VAD v6 on an ONNX runtime that the caller brings. Weights: see NOTICE.md beside it. */
import { readProgramFile } from "../../installation/program-files.ts";
import type { SpeechScorer } from "./activity.ts";
import type { OnnxRuntime, OnnxSession, OnnxTensor } from "./onnx.ts";

const SAMPLE_RATE = 16_000;
/** Sizes from Silero's `utils_vad.py`, `OnnxWrapper`: a frame, and what it sees of the last. */
const FRAME_SAMPLES = 512;
const CONTEXT_SAMPLES = 64;
const STATE_SHAPE = [2, 1, 128] as const;

/** The weights, loaded: `scorer` may be called for each recording. */
export interface SileroModel {
  scorer(): SpeechScorer;
}

/**
 * Loads the weights.
 *
 * @throws the runtime's error where the weights can't be read
 */
export async function loadSilero(runtime: OnnxRuntime): Promise<SileroModel> {
  const weights = await readProgramFile("silero_vad.onnx");
  // One thread: a frame takes 0.07 ms, less than handing it to others. The basic optimisations
  // load faster than all of them and run as fast. Level 3 is errors only: the runtime warns of
  // hundreds of unused constants.
  const session = await runtime.InferenceSession.create(weights, {
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
    graphOptimizationLevel: "basic",
    logSeverityLevel: 3,
  });
  return { scorer: () => new SileroScorer(runtime, session) };
}

class SileroScorer implements SpeechScorer {
  readonly sampleRate = SAMPLE_RATE;
  readonly frameSamples = FRAME_SAMPLES;
  readonly #runtime: OnnxRuntime;
  readonly #session: OnnxSession;
  readonly #rate: OnnxTensor;
  readonly #input = new Float32Array(CONTEXT_SAMPLES + FRAME_SAMPLES);
  #state: OnnxTensor;

  constructor(runtime: OnnxRuntime, session: OnnxSession) {
    this.#runtime = runtime;
    this.#session = session;
    this.#rate = new runtime.Tensor("int64", BigInt64Array.of(BigInt(SAMPLE_RATE)), []);
    const [layers, batch, width] = STATE_SHAPE;
    this.#state = new runtime.Tensor("float32", new Float32Array(layers * batch * width), [
      ...STATE_SHAPE,
    ]);
  }

  async score(frame: Float32Array): Promise<number> {
    this.#input.copyWithin(0, FRAME_SAMPLES);
    this.#input.set(frame, CONTEXT_SAMPLES);
    const { output, stateN } = await this.#session.run({
      input: new this.#runtime.Tensor("float32", this.#input, [1, this.#input.length]),
      state: this.#state,
      sr: this.#rate,
    });
    if (stateN !== undefined) this.#state = stateN;
    return Number(output?.data[0] ?? 0);
  }
}
