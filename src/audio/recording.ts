/** A recording whose header has been read, over the passes of its input. */
import { decode } from "./decode.ts";
import { frameBytes, framesToMs } from "./encoding.ts";
import { byteRange, wholeFrames } from "./frames.ts";
import { lengthWarnings } from "./length-warnings.ts";
import type { Passes } from "./passes.ts";
import type { SampleLayout } from "./sample-layout.ts";
import { stretchOf } from "./stretch.ts";
import type { AudioFacts, ByteSource, PassOptions, Recording } from "./types.ts";

/** The recording that a layout makes of an input. */
export function recordingOf(
  source: ByteSource,
  passes: Passes,
  layout: SampleLayout,
  firstWarnings: Recording["warnings"],
): Recording {
  const { name, reopenable, sizeBytes } = source;
  const warnings = [...firstWarnings];

  /** Compares what the header says with how large the input turned out to be. */
  function checkSize(foundBytes: number): void {
    for (const warning of lengthWarnings(name, layout, foundBytes)) {
      if (!warnings.some((known) => known.code === warning.code)) warnings.push(warning);
    }
  }

  async function* bytes(signal?: AbortSignal, options?: PassOptions): AsyncGenerator<Uint8Array> {
    let foundBytes = 0;
    for await (const chunk of passes.open(signal, options)) {
      foundBytes += chunk.length;
      yield chunk;
    }
    checkSize(foundBytes);
  }

  function samples(signal?: AbortSignal, options?: PassOptions): AsyncIterable<Uint8Array> {
    const { dataOffsetBytes, dataBytes } = layout;
    const data = byteRange(bytes(signal, options), dataOffsetBytes, dataBytes, !reopenable);
    return wholeFrames(data, frameBytes(layout));
  }

  if (sizeBytes !== undefined) checkSize(sizeBytes);
  const facts = factsOf(layout, sizeBytes);
  const { frameCount } = facts;
  const openStretch = source.openStretch?.bind(source);
  return {
    name,
    decoding: "plain",
    reopenable,
    warnings,
    facts,
    bytes,
    samples,
    blocks: (signal) => decode(samples(signal, { reuseBuffers: true }), layout),
    ...(frameCount === undefined || openStretch === undefined
      ? {}
      : {
          stretch: (startFrame, endFrame) =>
            stretchOf({ name, layout, frameCount, warnings, openStretch }, startFrame, endFrame),
        }),
  };
}

function factsOf(layout: SampleLayout, sizeBytes: number | undefined): AudioFacts {
  const { container, encoding, sampleRate, channels, dataOffsetBytes } = layout;
  const inputBytes = sizeBytes ?? Number.POSITIVE_INFINITY;
  const dataBytes = Math.min(layout.dataBytes, inputBytes - dataOffsetBytes);
  const frameCount = Math.floor(dataBytes / frameBytes(layout));
  return {
    container,
    encoding,
    sampleRate,
    channels,
    ...(Number.isFinite(dataBytes)
      ? { frameCount, durationMs: framesToMs(frameCount, sampleRate) }
      : {}),
    ...(sizeBytes === undefined ? {} : { sizeBytes }),
  };
}
