/** The work behind `transcribe`, loaded by the first call. */
import { AsrError } from "../errors.ts";
import { IncompleteError } from "../jobs/incomplete.ts";
import { memorySink } from "../jobs/outputs/memory-sink.ts";
import { planRequest } from "../jobs/plan-request.ts";
import { jobsAtOnce } from "../jobs/recogniser.ts";
import { transcribeInput } from "../jobs/transcribe-input.ts";
import type { JobEvent } from "../transcript/events.ts";
import { openAudio } from "./audio-source.ts";
import { checkCall, recordingLayer } from "./call-options.ts";
import { chineseConversion } from "./chinese.ts";
import { placeFor } from "./connection.ts";
import { connectionOf } from "./connections.ts";
import type { AudioSource, TranscribeOptions } from "./options.ts";
import { planWishes } from "./plan-wishes.ts";
import { recogniserFor } from "./recogniser.ts";
import { rawFormatOf } from "./recognition-settings.ts";
import { SentCalls } from "./sent-calls.ts";

/** @throws AsrError; the signal's reason where it was aborted. */
export async function transcribeRecording(
  audio: AudioSource,
  options: TranscribeOptions,
  tell: (event: JobEvent) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  checkCall(options);
  const { input, open } = openAudio(audio, options.name);
  const connection = await connectionOf(options.provider);
  const { provider, admission, audioTools, environment } = connection;
  const settings = connection.settingsFor(recordingLayer(options));
  const { values } = settings;
  const found = await recogniserFor(connection, settings, signal);
  const sent = new SentCalls();
  const recogniser = {
    ...found,
    context: { ...found.context, http: sent.watch(found.context.http) },
  };
  const conversion = await chineseConversion(values);
  const planning = await planRequest(
    {
      recognisers: { of: () => recogniser, providers: [provider] },
      wishes: planWishes(values),
      strict: values.strict,
      rawFormatOf: (one) => rawFormatOf(one, values),
      audioTools,
      log: recogniser.context.log,
    },
    placeFor(environment, signal),
  );
  let leave = (): void => {};
  try {
    await transcribeInput(
      {
        ...planning,
        openSource: open,
        listener: { event() {}, stage() {} },
        async onReady() {
          const lane = { key: provider.id, limit: jobsAtOnce(recogniser) };
          leave = await admission.enter(lane, signal);
        },
        onRecognised: () => leave(),
      },
      input,
      memorySink((event) => tell(conversion?.(event) ?? event)),
    );
  } catch (error) {
    throw error instanceof AsrError && error.retryable && sent.areNone ? safe(error) : error;
  } finally {
    leave();
  }
}

function safe(error: AsrError): AsrError {
  if (error instanceof IncompleteError) return error;
  const told = new AsrError(error.kind, error.message, { ...error.details, safeToRepeat: true });
  if (error.stack !== undefined) told.stack = error.stack;
  return told;
}
