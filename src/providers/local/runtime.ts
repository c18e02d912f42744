/** The ONNX runtime, as the recogniser uses it. */
import { availableParallelism } from "node:os";
import type { OnnxRuntime, SessionOptions } from "../../audio/voice/onnx.ts";
import { requireRuntime } from "../../audio/voice/runtime.ts";
import { runtimeMissing } from "./model.ts";

/** @throws AsrError kind "usage" where a package, or its binary for this machine, is missing */
export function loadRuntime(): OnnxRuntime {
  try {
    return requireRuntime();
  } catch (cause) {
    throw runtimeMissing(cause);
  }
}

/** On two cores the second takes 40 % off an encoding; more than eight were not tried. */
export const ENCODER_THREADS = Math.min(availableParallelism(), 8);

/** What encoder and decoder have in common; level 3: errors only. */
export const SESSION_OPTIONS: SessionOptions = { interOpNumThreads: 1, logSeverityLevel: 3 };
