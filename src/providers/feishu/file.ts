/** `file_recognize`: a recording of at most a minute in one request. */
import { audioError } from "../../errors.ts";
import { type Body, streamBody } from "../../http/body.ts";
import { RECORDING_TIMEOUTS } from "../../http/timeouts.ts";
import type { RecognitionEvent } from "../../transcript/events.ts";
import type { AudioInput, ProviderContext, RecognitionInput } from "../contract.ts";
import { credentialsOf, limitsOf } from "./account.ts";
import { endpoint, FILE_PATH } from "./address.ts";
import { readRecognised } from "./answers.ts";
import { withToken } from "./authorized.ts";
import { FILE_CAPABILITIES, FILE_MAX_MS } from "./capabilities.ts";
import { billedTwice, noSpeech } from "./events.ts";
import { createIdentifier } from "./identifier.ts";
import { FILE_PARAMETERS } from "./parameters.ts";
import { BYTES_PER_MS, checkShape, durationMsOf, SAMPLE_BYTES, slicesOf } from "./pcm.ts";
import { fileRequest } from "./requests.ts";
import { engineSettings, modelOf } from "./settings.ts";
import type { Site } from "./site.ts";

const PIECE_BYTES = 64 * 1024;

/**
 * Recognises a recording as one segment: the API gives no times, so its bounds are the audio's.
 *
 * @throws AsrError kind "audio" for more than 60 s, before anything is sent; the signal's reason.
 */
export async function* recognizeFile(
  site: Site,
  { audio, settings }: RecognitionInput,
  context: ProviderContext,
): AsyncGenerator<RecognitionEvent, void> {
  checkShape(audio);
  const { http, account, signal, log, randomBytes } = context;
  const engine = engineSettings(FILE_PARAMETERS, settings);
  const providerId = `${site.vendor}-file`;
  const limits = limitsOf(providerId, FILE_CAPABILITIES, account, credentialsOf(site, account));
  const pcm = await minuteOf(site, audio, signal);
  if (pcm.sizeBytes === 0) {
    yield noSpeech();
    return;
  }
  const url = endpoint(site, account, FILE_PATH);
  let twice = false;
  let requests = 0;
  const fileId = createIdentifier(randomBytes);
  const sending = withToken(site, context, signal, ({ token, secrets }) =>
    http.send({
      origin: url.origin,
      paid: true,
      signal,
      log,
      secrets,
      account: limits,
      timeouts: RECORDING_TIMEOUTS,
      build: () => fileRequest(url, token, { fileId, pcm, engine }),
      read: (response) => readRecognised(site, response),
      onSent: () => {
        requests++;
      },
      onPossiblyBilledTwice: () => {
        twice = true;
      },
    }),
  );
  await Promise.allSettled([sending]);
  // Told whether the repeat succeeded or not: either way the bill may surprise.
  if (twice) yield billedTwice(site);
  const { text, logId, raw } = await sending;
  const durationMs = durationMsOf(pcm.sizeBytes);
  const segment = { text: text.trim(), startMs: 0, endMs: durationMs, approximate: true };
  if (segment.text === "") yield noSpeech();
  else yield { type: "final", segment };
  yield {
    type: "response",
    requestId: logId ?? fileId,
    model: modelOf(engine),
    durationMs,
    usage: { requests, billedMs: durationMs, ...(twice ? { possiblyBilledTwice: true } : {}) },
    ...(settings.raw ? { raw } : {}),
  };
}

/** Read again for each try where that can be; otherwise held, which for a minute is 1.9 MB. */
async function minuteOf(site: Site, audio: AudioInput, signal: AbortSignal): Promise<Body> {
  const { durationMs = 0, sizeBytes = Number.NaN, reopenable } = audio;
  if (durationMs > FILE_MAX_MS) throw tooLong(site, durationMs);
  const isWhole = sizeBytes % SAMPLE_BYTES === 0 && sizeBytes <= FILE_MAX_MS * BYTES_PER_MS;
  if (reopenable && isWhole) {
    return streamBody(sizeBytes, (bodySignal) => audio.open(bodySignal, { reuseBuffers: true }));
  }
  return heldMinute(site, audio, signal);
}

async function heldMinute(site: Site, audio: AudioInput, signal: AbortSignal): Promise<Body> {
  const slices: Uint8Array[] = [];
  let sizeBytes = 0;
  for await (const slice of slicesOf(audio, PIECE_BYTES, signal)) {
    slices.push(slice);
    sizeBytes += slice.byteLength;
    if (sizeBytes > FILE_MAX_MS * BYTES_PER_MS) throw tooLong(site);
  }
  return {
    sizeBytes,
    async *open() {
      yield* slices;
    },
  };
}

function tooLong({ vendor }: Site, durationMs?: number): Error {
  const length =
    durationMs === undefined ? "longer than 60 s" : `${(durationMs / 1000).toFixed(1)} s long`;
  return audioError(
    `the audio is ${length}: more than ${vendor}-file takes`,
    `use -p ${vendor}-stream, or cut it first: ` +
      "ffmpeg -i INPUT -f segment -segment_time 55 part-%03d.wav",
    "file_recognize takes 60 s at most",
  );
}
