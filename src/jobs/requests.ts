/** The audio of each request that a plan asks for, as a provider takes it. */
import { convert } from "../audio/convert.ts";
import { bytesPerSample, frameBytes, isSampleEncoding } from "../audio/encoding.ts";
import { joined } from "../audio/joined.ts";
import type { AudioFacts, Recording } from "../audio/types.ts";
import type { AudioInput } from "../providers/contract.ts";
import type { Material, OnAudio } from "./material.ts";
import type { AudioPart } from "./parts/part.ts";
import type { ConvertPlan } from "./plan.ts";

export interface PlannedRequest {
  readonly audio: AudioInput;
  /** The channel that is recognised, where each goes on its own. */
  readonly channel?: number;
}

/**
 * The requests of a recording, or of one part of it.
 *
 * @param onAudio is told how many milliseconds of audio have been read so far.
 */
export function plannedRequests(
  { recording, plan }: Pick<Material, "recording" | "plan">,
  onAudio: OnAudio,
  part?: AudioPart,
): PlannedRequest[] {
  if (plan.kind === "as-is") return [{ audio: wholeInput(recording, onAudio) }];
  const source = part === undefined ? recording : recordingOfPart(recording, part);
  return plan.requests.map((request) => ({
    audio: convertedInput(source, plan, request, onAudio),
    ...(request === "mix" || plan.requests.length === 1 ? {} : { channel: request }),
  }));
}

/** The stretches of a part, end to end. */
function recordingOfPart(recording: Recording, { pieces }: AudioPart): Recording {
  const { stretch, facts } = recording;
  const { sampleRate, durationMs = Number.POSITIVE_INFINITY } = facts;
  if (stretch === undefined) throw new Error(`${recording.name} can't be cut`);
  // The same frame for the same millisecond: what one part ends with, the next begins after. The
  // end in milliseconds is rounded: the last part has all frames that are left.
  const frameAt = (ms: number): number =>
    ms >= durationMs ? Number.POSITIVE_INFINITY : Math.round((ms * sampleRate) / 1000);
  const stretches = pieces.map(({ startMs, endMs }) => stretch(frameAt(startMs), frameAt(endMs)));
  const [only] = stretches;
  return stretches.length === 1 && only !== undefined ? only : joined(stretches);
}

function wholeInput(recording: Recording, onAudio: OnAudio): AudioInput {
  const { facts, reopenable } = recording;
  const { container, encoding, sampleRate, channels, durationMs, sizeBytes } = facts;
  const bytesPerMs = byteRateOf(facts);
  return {
    container,
    encoding,
    sampleRate,
    channels,
    reopenable,
    ...(durationMs === undefined ? {} : { durationMs }),
    ...(sizeBytes === undefined ? {} : { sizeBytes }),
    open: (signal, options) => metered(recording.bytes(signal, options), bytesPerMs, onAudio),
  };
}

function convertedInput(
  recording: Recording,
  { container, encoding, sampleRate }: ConvertPlan,
  channels: "mix" | number,
  onAudio: OnAudio,
): AudioInput {
  const { durationMs, frameCount, sampleRate: fromRate } = recording.facts;
  const sampleBytes = bytesPerSample(encoding);
  // What `convert` yields, to the byte: a request announces its length.
  const size =
    frameCount === undefined
      ? {}
      : { sizeBytes: Math.round((frameCount * sampleRate) / fromRate) * sampleBytes };
  return {
    container,
    encoding,
    sampleRate,
    channels: 1,
    reopenable: recording.reopenable,
    ...(durationMs === undefined ? {} : { durationMs }),
    ...size,
    open(signal, options) {
      const target = { sampleRate, channels, encoding };
      const bytesPerMs = (sampleRate * sampleBytes) / 1000;
      return metered(convert(recording, target, signal, options), bytesPerMs, onAudio);
    },
  };
}

/** Bytes a millisecond, on average; infinite where it is not known: then no progress is told. */
function byteRateOf({ encoding, channels, sampleRate, ...facts }: AudioFacts): number {
  if (isSampleEncoding(encoding)) return (sampleRate * frameBytes({ encoding, channels })) / 1000;
  const { sizeBytes, durationMs } = facts;
  if (sizeBytes === undefined || durationMs === undefined) return Number.POSITIVE_INFINITY;
  return sizeBytes / durationMs;
}

async function* metered(
  bytes: AsyncIterable<Uint8Array>,
  bytesPerMs: number,
  onAudio: OnAudio,
): AsyncGenerator<Uint8Array> {
  let sizeBytes = 0;
  for await (const chunk of bytes) {
    sizeBytes += chunk.length;
    onAudio(Math.round(sizeBytes / bytesPerMs));
    yield chunk;
  }
}
