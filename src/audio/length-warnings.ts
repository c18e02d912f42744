/** What is odd about the length of an input. */
import { frameBytes } from "./encoding.ts";
import type { SampleLayout } from "./sample-layout.ts";
import type { Recording } from "./types.ts";

/**
 * Compares what a header says with the size of the whole input. Codes: "audio-cut-short" where
 * the header says more than there is, "audio-broken-frame" where the last frame is not whole.
 */
export function lengthWarnings(
  name: string,
  layout: SampleLayout,
  sizeBytes: number,
): Recording["warnings"] {
  const { dataBytes, dataOffsetBytes, sampleRate } = layout;
  const wholeBytes = frameBytes(layout);
  const presentBytes = Math.min(sizeBytes - dataOffsetBytes, dataBytes);
  const brokenBytes = presentBytes % wholeBytes;
  const seconds = (bytes: number) => `${(bytes / wholeBytes / sampleRate).toFixed(1)} s`;
  const warnings: { code: string; message: string }[] = [];
  if (Number.isFinite(dataBytes) && presentBytes < dataBytes) {
    const message = `${name} is cut short: its header says ${seconds(dataBytes)}, ${seconds(presentBytes)} are there`;
    warnings.push({ code: "audio-cut-short", message });
  }
  if (brokenBytes > 0) {
    const message = `${name} ends inside a frame: its last ${brokenBytes} bytes are dropped (a frame has ${wholeBytes})`;
    warnings.push({ code: "audio-broken-frame", message });
  }
  return warnings;
}
