/**
 * Which thread of this process has the ONNX runtime. Only one can (docs/decisions.md, "One recogniser
 * thread, never terminated"): the worker of `local`, or the main thread, which finds voices in what
 * goes to vendors.
 */
import { usageError } from "../errors.ts";

/** A fact of the process, as the runtime itself is. */
let owner: "voices" | "recogniser" | undefined;

/** @throws AsrError kind "usage" where the main thread has the runtime. */
export function claimForRecogniser(): void {
  if (owner === "voices") {
    throw usageError(
      "local can't be used after voices were looked for in a recording of another provider",
      'call createProvider("local") before the first transcribe, or use a process of its own',
      "one thread of a process alone can load the ONNX runtime",
    );
  }
  owner = "recogniser";
}

/** @returns false where the recogniser has it: voices are then found by their energy alone */
export function claimForVoices(): boolean {
  if (owner === "recogniser") return false;
  owner = "voices";
  return true;
}

/** The main thread could not load it. */
export function releaseByVoices(): void {
  if (owner === "voices") owner = undefined;
}
