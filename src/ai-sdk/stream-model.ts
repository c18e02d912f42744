/** Live audio for the AI SDK's `experimental_streamTranscribe`. */
import type {
  Experimental_TranscriptionModelV4StreamOptions as CallOptions,
  SharedV4AudioFormat,
  Experimental_TranscriptionModelV4StreamPart as StreamPart,
  Experimental_TranscriptionModelV4StreamResult as StreamResult,
} from "@ai-sdk/provider";
import type { RawFormat } from "../audio/types.ts";
import { usageError } from "../errors.ts";
import type { AsrProvider, StreamOptions } from "../library/options.ts";
import { stream } from "../library/transcribe.ts";
import type { TranscriptionEvent } from "../library/transcription.ts";
import { secondsOf } from "../transcript/time.ts";
import type { Segment } from "../transcript/transcript.ts";
import { callError } from "./call-error.ts";
import { type AsrModelOptions, askedOf } from "./model-options.ts";
import { resultOf } from "./result.ts";
import { headerWarnings } from "./warnings.ts";

const ENCODINGS: Readonly<Record<string, RawFormat["encoding"]>> = {
  "audio/pcm": "s16le",
  "audio/pcmu": "mulaw",
  "audio/pcma": "alaw",
};

/** What the SDK calls raw audio; undefined: a container, which says itself what it is. */
function rawFormatOf({ type, rate }: SharedV4AudioFormat): Partial<RawFormat> | undefined {
  const encoding = ENCODINGS[type.toLowerCase()];
  if (encoding === undefined && rate !== undefined) {
    throw usageError(`raw audio of the type ${type} is not known`, "use audio/pcm, pcmu or pcma");
  }
  if (encoding === undefined) return undefined;
  const usual = encoding === "s16le" ? 16_000 : 8000;
  return { encoding, sampleRate: rate ?? usual };
}

export async function streamModel(
  provider: AsrProvider,
  options: AsrModelOptions,
  { audio, inputAudioFormat, abortSignal, providerOptions, headers }: CallOptions,
): Promise<StreamResult> {
  const rawFormat = rawFormatOf(inputAudioFormat);
  const asked = {
    ...(rawFormat === undefined ? {} : { rawFormat }),
    ...askedOf({ ...options }, providerOptions?.asr),
    provider,
    signal: abortSignal,
  } as StreamOptions;
  const events = stream(bytesOf(audio), asked)[Symbol.asyncIterator]();
  const timestamp = new Date();
  return {
    stream: new ReadableStream<StreamPart>({
      start(controller) {
        controller.enqueue({ type: "stream-start", warnings: headerWarnings(headers) });
      },
      async pull(controller) {
        try {
          // A pull that brings nothing is not repeated.
          for (let isEmpty = true; isEmpty; ) {
            const { done, value } = await events.next();
            const parts = done === true ? [] : partsOf(value, timestamp);
            for (const part of parts) controller.enqueue(part);
            if (done === true) controller.close();
            isEmpty = done !== true && parts.length === 0;
          }
        } catch (error) {
          controller.error(callError(error, provider.id));
        }
      },
      async cancel() {
        await events.return?.();
      },
    }),
    response: { timestamp, modelId: provider.id },
  };
}

async function* bytesOf(audio: ReadableStream<Uint8Array | string>): AsyncGenerator<Uint8Array> {
  for await (const chunk of audio) {
    yield typeof chunk === "string" ? Buffer.from(chunk, "base64") : chunk;
  }
}

/** A partial and its final have no name in common: neither has an id. */
function partsOf(event: TranscriptionEvent, timestamp: Date): StreamPart[] {
  switch (event.type) {
    case "start":
      return event.model === undefined
        ? []
        : [{ type: "response-metadata", timestamp, modelId: event.model }];
    case "partial":
      return [{ type: "transcript-partial", ...placed(event.segment) }];
    case "final": {
      const { segment } = event;
      return [
        { type: "transcript-final", ...placed(segment), endSecond: secondsOf(segment.endMs) },
      ];
    }
    case "done": {
      const { language, ...result } = resultOf(event.transcript);
      return [{ type: "finish", ...result, ...(language === undefined ? {} : { language }) }];
    }
    default:
      return [];
  }
}

function placed({ text, startMs, channel }: Segment) {
  return {
    text,
    startSecond: secondsOf(startMs),
    ...(channel === undefined ? {} : { channelIndex: channel }),
  };
}
