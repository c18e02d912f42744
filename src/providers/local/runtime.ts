/** The ONNX runtime: an optional package with native code, loaded when it is first needed. */
import { createRequire } from "node:module";
import { availableParallelism } from "node:os";
import type { OnnxRuntime, SessionOptions } from "../../audio/voice/onnx.ts";
import { RUNTIME_PACKAGE, runtimeMissing } from "./model.ts";

/** @throws AsrError kind "usage" where the package, or its binary for this machine, is missing */
export function loadRuntime(): OnnxRuntime {
  const require = createRequire(import.meta.url);
  try {
    return require(RUNTIME_PACKAGE);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message.split("\n", 1)[0] : undefined;
    throw runtimeMissing(reason ?? String(cause), cause);
  }
}

/** On two cores the second takes 40 % off an encoding; more than eight were not tried. */
export const ENCODER_THREADS = Math.min(availableParallelism(), 8);

/** What encoder and decoder have in common; level 3: errors only. */
export const SESSION_OPTIONS: SessionOptions = { interOpNumThreads: 1, logSeverityLevel: 3 };
