/** Several recordings of one shape, end to end as one. */
import {
  describeFormat,
  frameBytes,
  framesToMs,
  isSampleEncoding,
  type SampleFormat,
} from "./encoding.ts";
import { checkFrames } from "./stretch.ts";
import type { AudioFacts, PassOptions, Recording } from "./types.ts";

/**
 * Plays recordings one after the other, without a gap. What comes out is headerless, as stretches
 * are: container "pcm", `bytes()` and `sizeBytes` those of the samples. Lengths are known where all
 * of theirs are; the name is that of the first.
 *
 * @throws RangeError where there are none, or where one is compressed or differs in encoding, sample
 *   rate or channels.
 */
export function joined(recordings: readonly Recording[]): Recording {
  const [first] = recordings;
  if (first === undefined) throw new RangeError("there is nothing to join");
  const shape = shapeOf(first, recordings);
  const facts = joinedFacts(shape, recordings);

  async function* samples(signal?: AbortSignal, options?: PassOptions): AsyncGenerator<Uint8Array> {
    for (const recording of recordings) yield* recording.samples(signal, options);
  }

  const isStretchable =
    facts.frameCount !== undefined && recordings.every(({ stretch }) => stretch !== undefined);
  return {
    name: first.name,
    decoding: "plain",
    reopenable: recordings.every(({ reopenable }) => reopenable),
    facts,
    get warnings() {
      return [...new Set(recordings.flatMap(({ warnings }) => warnings))];
    },
    bytes: samples,
    samples,
    async *blocks(signal) {
      for (const recording of recordings) yield* recording.blocks(signal);
    },
    ...(isStretchable ? { stretch: (start, end) => stretchAcross(recordings, start, end) } : {}),
  };
}

type Shape = SampleFormat & Pick<AudioFacts, "sampleRate">;

function shapeOf({ facts }: Recording, recordings: readonly Recording[]): Shape {
  const { encoding, sampleRate, channels } = facts;
  if (!isSampleEncoding(encoding)) throw new RangeError(`can't join ${encoding}: it is compressed`);
  for (const { facts: next } of recordings) {
    if (
      next.encoding !== encoding ||
      next.sampleRate !== sampleRate ||
      next.channels !== channels
    ) {
      throw new RangeError(`can't join ${describeFormat(facts)} with ${describeFormat(next)}`);
    }
  }
  return { encoding, sampleRate, channels };
}

function joinedFacts(shape: Shape, recordings: readonly Recording[]): AudioFacts {
  const { encoding, sampleRate, channels } = shape;
  const endless = Number.POSITIVE_INFINITY;
  const frameCount = recordings.reduce((sum, { facts }) => sum + (facts.frameCount ?? endless), 0);
  const length = {
    frameCount,
    durationMs: framesToMs(frameCount, sampleRate),
    sizeBytes: frameCount * frameBytes(shape),
  };
  return {
    container: "pcm",
    encoding,
    sampleRate,
    channels,
    ...(Number.isFinite(frameCount) ? length : {}),
  };
}

/** Of each recording what lies between the frames; one of them at least, be it empty. */
function stretchAcross(
  recordings: readonly Recording[],
  startFrame: number,
  endFrame: number,
): Recording {
  checkFrames(startFrame, endFrame);
  const pieces: Recording[] = [];
  let firstFrame = 0;
  for (const { facts, stretch } of recordings) {
    const frameCount = facts.frameCount ?? 0;
    const within = (frame: number) => Math.max(0, Math.min(frame - firstFrame, frameCount));
    const piece = stretch?.(within(startFrame), within(endFrame));
    if (piece !== undefined && (piece.facts.frameCount !== 0 || pieces.length === 0)) {
      pieces.push(piece);
    }
    firstFrame += frameCount;
  }
  return joined(pieces);
}
