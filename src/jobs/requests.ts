/** The audio of each request that a plan asks for, as a provider takes it. */
import { convert } from "../audio/convert.ts";
import { bytesPerSample, frameBytes, isSampleEncoding } from "../audio/encoding.ts";
import type { AudioFacts, Recording } from "../audio/types.ts";
import type { AudioInput } from "../providers/contract.ts";
import type { AudioPlan, ConvertPlan } from "./plan.ts";

export interface PlannedRequest {
  readonly audio: AudioInput;
  /** The channel that is recognised, where each goes on its own. */
  readonly channel?: number;
}

/** @param onAudio is told how many milliseconds of audio have been read so far. */
export function plannedRequests(
  recording: Recording,
  plan: AudioPlan,
  onAudio: (audioMs: number) => void,
): PlannedRequest[] {
  const { facts, reopenable } = recording;
  const length = facts.durationMs === undefined ? {} : { durationMs: facts.durationMs };
  if (plan.kind === "as-is") {
    const { container, encoding, sampleRate, channels, sizeBytes } = facts;
    const size = sizeBytes === undefined ? {} : { sizeBytes };
    const bytesPerMs = byteRateOf(facts);
    const open: AudioInput["open"] = (signal, options) =>
      metered(recording.bytes(signal, options), bytesPerMs, onAudio);
    const shape = { container, encoding, sampleRate, channels };
    return [{ audio: { ...shape, ...length, ...size, reopenable, open } }];
  }
  const { container, encoding, sampleRate } = plan;
  const byteRate = (sampleRate * bytesPerSample(encoding)) / 1000;
  const size =
    facts.frameCount === undefined
      ? {}
      : { sizeBytes: convertedBytes(facts.frameCount, facts.sampleRate, plan) };
  return plan.requests.map((request) => ({
    audio: {
      container,
      encoding,
      sampleRate,
      channels: 1,
      ...length,
      ...size,
      reopenable,
      open: (signal, options) => {
        const target = { sampleRate, channels: request, encoding };
        return metered(convert(recording, target, signal, options), byteRate, onAudio);
      },
    },
    ...(request === "mix" || plan.requests.length === 1 ? {} : { channel: request }),
  }));
}

/** Bytes a millisecond, on average; infinite where it is not known: then no progress is told. */
function byteRateOf({ encoding, channels, sampleRate, ...facts }: AudioFacts): number {
  if (isSampleEncoding(encoding)) return (sampleRate * frameBytes({ encoding, channels })) / 1000;
  const { sizeBytes, durationMs } = facts;
  if (sizeBytes === undefined || durationMs === undefined) return Number.POSITIVE_INFINITY;
  return sizeBytes / durationMs;
}

/** What `convert` yields, to the byte: a request announces its length. */
function convertedBytes(frameCount: number, sampleRate: number, target: ConvertPlan): number {
  const frames = Math.round((frameCount * target.sampleRate) / sampleRate);
  return frames * bytesPerSample(target.encoding);
}

async function* metered(
  bytes: AsyncIterable<Uint8Array>,
  bytesPerMs: number,
  onAudio: (audioMs: number) => void,
): AsyncGenerator<Uint8Array> {
  let sizeBytes = 0;
  for await (const chunk of bytes) {
    sizeBytes += chunk.length;
    onAudio(Math.round(sizeBytes / bytesPerMs));
    yield chunk;
  }
}
