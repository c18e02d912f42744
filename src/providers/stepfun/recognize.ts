/** One request with a whole recording, its text as server-sent events. */
import { EVENT_STREAM_TIMEOUTS } from "../../http/timeouts.ts";
import type { RecognitionEvent } from "../../transcript/events.ts";
import type { ProviderContext, RecognitionInput } from "../contract.ts";
import { apiKeyOf, limitsOf } from "./account.ts";
import { endpoint } from "./address.ts";
import { type Heard, readAnswer } from "./answer.ts";
import { formatFields, formatWarnings } from "./format.ts";
import { Handoff } from "./handoff.ts";
import { recognitionRequest } from "./requests.ts";
import { parametersOf, transcriptionFields } from "./settings.ts";
import {
  billedTwice,
  finalEvents,
  noSpeech,
  partialEvents,
  responseEvent,
} from "./transcript-events.ts";
import { uncheckedFields } from "./unchecked.ts";
import { uploadOf } from "./upload.ts";

/**
 * Partials as the deltas come; finals only after `done`, since a repeat could say it differently.
 *
 * @throws AsrError; the signal's reason.
 */
export async function* recognize(
  { audio, settings }: RecognitionInput,
  context: ProviderContext,
): AsyncGenerator<RecognitionEvent, void> {
  const { http, account, log } = context;
  const parameters = parametersOf(settings);
  const apiKey = apiKeyOf(account);
  const transcription = transcriptionFields(settings, parameters);
  const format = {
    ...formatFields(audio, parameters),
    ...uncheckedFields(settings.uncheckedParameters).format,
  };
  const upload = await uploadOf(audio, context.signal);
  if (upload.sizeBytes === 0) {
    yield noSpeech();
    return;
  }
  for (const contradiction of formatWarnings(audio, format)) {
    yield { type: "warning", warning: contradiction };
  }
  const url = endpoint(account, parameters.step_plan ?? false);
  const left = new AbortController();
  const signal = AbortSignal.any([context.signal, left.signal]);
  const partials = new Handoff<Heard>();
  let twice = false;
  let requests = 0;
  const sending = http
    .send({
      origin: url.origin,
      paid: true,
      signal,
      log,
      secrets: [apiKey],
      account: limitsOf(account, apiKey),
      timeouts: EVENT_STREAM_TIMEOUTS,
      build: () => recognitionRequest(url, apiKey, upload, { transcription, format }),
      read: (response) =>
        readAnswer(response, { raw: settings.raw, onHeard: (heard) => partials.give(heard) }),
      onSent: () => {
        requests++;
      },
      onPossiblyBilledTwice: () => {
        twice = true;
      },
    })
    .finally(() => partials.close());
  sending.catch(() => {});
  try {
    for await (const heard of partials.taken()) yield* partialEvents(heard, audio.durationMs);
    // Told whether the repeat succeeded or not: either way the bill may surprise.
    if (twice) yield billedTwice();
    const answer = await sending;
    yield* finalEvents(answer, audio.durationMs, settings.timesWanted);
    const model = String(transcription.model);
    yield responseEvent(answer, { model, durationMs: audio.durationMs, requests, twice });
  } finally {
    // Whoever leaves early leaves no request behind.
    partials.close();
    left.abort(new Error("nobody listens any more"));
    await sending.catch(() => {});
  }
}
