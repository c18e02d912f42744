/** What a vendor was given to hear, put together again: one entry a recording or stream. */
import { channelSamples, wavEncoding } from "../server/audio/samples.ts";
import { WavScanner } from "../server/audio/wav.ts";
import type { VendorDouble } from "../server/double.ts";
import type { RequestRecord } from "../server/recorder.ts";
import { type DecodeOptions, decode } from "./decoding-ear.ts";

export interface ReceivedRecording {
  readonly bytes: Buffer;
  /** What the first bytes are by their signature; "pcm" where they carry none. */
  readonly container: string;
  /** In Hz, as the request or the header said. */
  readonly sampleRate: number;
  readonly channels: number;
}

export interface Samples {
  readonly pcm: Int16Array;
  readonly sampleRate: number;
}

/** Needs a double with `keepAudio`. */
export function receivedRecordings(vendor: VendorDouble): ReceivedRecording[] {
  const streams = Map.groupBy(
    vendor.requests.filter(({ audio }) => audio?.bytes !== undefined),
    (request) => streamOf(request),
  );
  return [...streams.values()].map((requests) => {
    const [first] = requests;
    const bytes = Buffer.concat(requests.flatMap(({ audio }) => audio?.bytes ?? []));
    return {
      bytes,
      container: first?.audio?.container ?? "none",
      sampleRate: first?.audio?.sampleRate ?? engineRate(first),
      channels: first?.audio?.channels ?? 1,
    };
  });
}

/** The samples of one channel; compressed ones by ffmpeg, at 16 kHz. */
export async function samplesOf(
  received: ReceivedRecording,
  channel: NonNullable<DecodeOptions["channel"]>,
): Promise<Samples> {
  const { bytes, container, sampleRate, channels } = received;
  const index = channel === "mix" ? 0 : channel;
  if (container === "pcm") {
    return { pcm: channelSamples(bytes, "s16le", channels, index), sampleRate };
  }
  if (container === "wav") {
    const scanner = new WavScanner();
    scanner.push(bytes);
    const facts = scanner.facts();
    const encoding = facts && wavEncoding(facts.formatTag, facts.bitsPerSample);
    if (facts !== undefined && encoding !== undefined) {
      const end = facts.dataOffsetBytes + facts.dataBytes;
      const samples = bytes.subarray(facts.dataOffsetBytes, end);
      const pcm = channelSamples(samples, encoding, facts.channels, index);
      return { pcm, sampleRate: facts.sampleRate };
    }
  }
  return { pcm: await decode(bytes, { channel }), sampleRate: 16_000 };
}

/** A name that the requests of one stream share; a request alone is its own. */
function streamOf({ index, parameters, body }: RequestRecord): string {
  const { config } = Object(body) as { readonly config?: { readonly stream_id?: string } };
  return config?.stream_id ?? parameters.voice_id ?? `request ${index}`;
}

function engineRate(request: RequestRecord | undefined): number {
  return request?.parameters.engine_model_type?.startsWith("8k") === true ? 8000 : 16_000;
}
