/**
 * What is used of `onnxruntime-node`. The package is optional and ships no types of its own;
 * whoever has loaded it hands it on as an argument.
 */

export type TensorData = Float32Array | BigInt64Array | Uint8Array;

export interface OnnxTensor {
  readonly data: TensorData;
  readonly dims: readonly number[];
}

export type OnnxTensors = Record<string, OnnxTensor>;

export interface OnnxSession {
  /** Computes all outputs. Blocks its thread meanwhile, in spite of the promise. */
  run(feeds: OnnxTensors): Promise<OnnxTensors>;
  /** Frees the session's memory. */
  release(): Promise<void>;
}

export interface SessionOptions {
  readonly intraOpNumThreads?: number;
  readonly interOpNumThreads?: number;
  readonly graphOptimizationLevel?: "disabled" | "basic" | "extended" | "all";
  readonly enableCpuMemArena?: boolean;
  readonly enableMemPattern?: boolean;
  /** 0 is chatty, 4 fatal errors only. */
  readonly logSeverityLevel?: 0 | 1 | 2 | 3 | 4;
}

export interface OnnxRuntime {
  readonly InferenceSession: {
    /** @param model an ONNX file's bytes; copied */
    create(model: Uint8Array, options: SessionOptions): Promise<OnnxSession>;
  };
  readonly Tensor: new (
    type: "float32" | "int64" | "bool",
    data: TensorData,
    dims: readonly number[],
  ) => OnnxTensor;
}
