/** Live recognition of an input, from its first sample to its last word: for the command and the library. */
import { convert } from "../audio/convert.ts";
import { bytesPerSample } from "../audio/encoding.ts";
import type { Recording } from "../audio/types.ts";
import { untilEnding } from "../audio/until-ending.ts";
import type { SpeechModel } from "../audio/voice/model.ts";
import { usageError } from "../errors.ts";
import { withWarnings } from "../jobs/late-warnings.ts";
import { systemClock } from "../jobs/network.ts";
import { pcmShapeOf } from "../jobs/planning/conversion.ts";
import { checkSettings } from "../jobs/prepare.ts";
import type { LiveJob } from "../live/live-job.ts";
import { recogniseLive } from "../live/recognise-live.ts";
import type { ProviderContext, RecognitionSettings, Resolution } from "../providers/contract.ts";
import type { Settings } from "../settings/load.ts";
import type { JobEvent } from "../transcript/events.ts";
import { millisecondsOf } from "../transcript/time.ts";

type Values = Settings["values"];

/** README, "Exit codes": so long the last words are waited for. */
const LAST_WORDS_MS = 10_000;

/** What the input is turned into, for whoever paces or counts it. */
export interface SampleStream {
  readonly chunks: AsyncIterable<Uint8Array>;
  /** In Hz. */
  readonly sampleRate: number;
  /** Of a sample: there is one channel. */
  readonly frameBytes: number;
  /** Ends a wait for data. */
  readonly signal: AbortSignal;
}

export interface LiveRequest
  extends Pick<LiveJob, "name" | "provider" | "settings" | "ending" | "onLag">,
    Pick<LiveJob, "cutLog" | "cutPlan"> {
  readonly recording: Recording;
  readonly values: Pick<Values, "channels" | "strict" | "maxSeconds" | "stopAfterSilence">;
  /** How long what is on its way may still take once the input is told to end. */
  readonly graceMs: number;
  /** Paces or counts the samples. */
  readonly passing?: (samples: SampleStream) => AsyncIterable<Uint8Array>;
  readonly speechModelFor: (resolution: Resolution) => () => Promise<SpeechModel>;
}

/** @throws AsrError kind "usage" where every channel is wanted on its own. */
export function liveSettings(
  settings: RecognitionSettings,
  { channels }: Pick<Values, "channels">,
): RecognitionSettings {
  if (channels === "all") {
    throw usageError(
      "stream recognises one channel",
      "use --channels mix or first; asr transcribe takes each channel on its own",
    );
  }
  // What is told apart in one utterance has another name in the next.
  return { ...settings, live: true, speakers: false };
}

/** @throws AsrError; the context's signal's reason where it was aborted. */
export async function* listen(
  { recording, values, graceMs, passing, speechModelFor, ...asked }: LiveRequest,
  context: ProviderContext,
): AsyncGenerator<JobEvent> {
  const { provider, settings, ending } = asked;
  const { channels, strict, maxSeconds, stopAfterSilence } = values;
  const { facts } = recording;
  const resolution = checkSettings({ provider, settings, strict }, facts);
  const { accepts } = provider.capabilities;
  const { encoding, sampleRate } = pcmShapeOf({ facts, accepts, resolution });
  const target = {
    encoding,
    sampleRate,
    channels: channels === "first" ? channels : "mix",
  } as const;
  const frameBytes = bytesPerSample(encoding);
  const audio = untilEnding(
    (signal) => {
      const chunks = convert(recording, target, signal);
      return passing?.({ chunks, sampleRate, frameBytes, signal }) ?? chunks;
    },
    { ending, graceMs, sleep: systemClock.sleep, signal: context.signal },
  );
  const job: LiveJob = {
    ...asked,
    resolution,
    audio: audio.chunks,
    sampleRate,
    encoding,
    speechModel: speechModelFor(resolution),
    ending: audio.ended,
    lastWordsMs: LAST_WORDS_MS,
    ...(maxSeconds === undefined ? {} : { maxMs: millisecondsOf(maxSeconds) }),
    ...(stopAfterSilence === undefined
      ? {}
      : { stopAfterSilenceMs: millisecondsOf(stopAfterSilence) }),
  };
  const warnings = () =>
    recording.warnings.filter(({ code }) => !ending.aborted || code !== "audio-cut-short");
  try {
    yield* withWarnings(recogniseLive(job, context), warnings);
  } finally {
    audio.close();
  }
}
