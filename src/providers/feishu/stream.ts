/** `stream_recognize`: packets in order, the text so far with every answer. */
import type { RecognitionEvent } from "../../transcript/events.ts";
import type { ProviderContext, RecognitionInput, RecognitionSettings } from "../contract.ts";
import { credentialsOf, limitsOf } from "./account.ts";
import { STREAM_CAPABILITIES } from "./capabilities.ts";
import { lingering } from "./delay.ts";
import { billedTwice, noSpeech } from "./events.ts";
import { createIdentifier } from "./identifier.ts";
import { type LineParts, PacketLine } from "./packet-line.ts";
import { STREAM_PARAMETERS } from "./parameters.ts";
import { checkShape, liveSlicesOf, SLICE_BYTES, slicesOf } from "./pcm.ts";
import type { Place } from "./requests.ts";
import { engineSettings, modelOf } from "./settings.ts";
import type { Site } from "./site.ts";
import { StreamText } from "./stream-text.ts";

/** After an abort the packet under way gets this long, so that the next number is the right one. */
const GRACE_MS = 500;

/**
 * Recognises audio as it comes. However it ends, the vendor is told: action 2, or 3 where it was
 * aborted, failed or left.
 *
 * @throws AsrError; the signal's reason, once action 3 has been answered or given up.
 */
export async function* recognizeStream(
  site: Site,
  input: RecognitionInput,
  context: ProviderContext,
): AsyncGenerator<RecognitionEvent, void> {
  checkShape(input.audio);
  const { signal, http, account } = context;
  const providerId = `${site.vendor}-stream`;
  const limits = limitsOf(providerId, STREAM_CAPABILITIES, account, credentialsOf(site, account));
  const slices = input.settings.live
    ? liveSlicesOf(input.audio, signal)
    : slicesOf(input.audio, SLICE_BYTES, signal);
  try {
    // Nobody opens a stream, or takes one of the tenant's places, before there is audio.
    const first = await slices.next();
    if (first.done === true) {
      yield noSpeech();
      return;
    }
    const held = await http.limiter.enter(limits, { signal });
    try {
      yield* converse({ site, context, held }, input.settings, first.value, slices);
    } finally {
      held.leave();
    }
  } finally {
    await slices.return();
  }
}

async function* converse(
  parts: Pick<LineParts, "site" | "context" | "held">,
  settings: RecognitionSettings,
  first: Uint8Array,
  rest: AsyncIterable<Uint8Array>,
): AsyncGenerator<RecognitionEvent, void> {
  const { signal, clock, randomBytes } = parts.context;
  const engine = engineSettings(STREAM_PARAMETERS, settings);
  const streamId = createIdentifier(randomBytes);
  let twice = false;
  const onPossiblyBilledTwice = () => {
    twice = true;
  };
  const line = new PacketLine({ ...parts, engine, streamId, onPossiblyBilledTwice });
  const text = new StreamText();
  const late = lingering(signal, clock, GRACE_MS);

  async function* send(place: Place, pcm: Uint8Array): AsyncGenerator<RecognitionEvent, void> {
    const before = twice;
    const sending = line.send(place, pcm, late.signal);
    await Promise.allSettled([sending]);
    // Told whether the repeat succeeded or not: either way the bill may surprise.
    if (twice && !before) yield billedTwice(parts.site);
    const answer = await sending;
    signal.throwIfAborted();
    if (settings.raw) yield { type: "response", raw: answer.raw };
    if (place === "end") yield* text.end(answer.text, pcm.byteLength);
    else yield* text.snapshot(answer.text, pcm.byteLength);
  }

  try {
    yield* send("first", first);
    for await (const slice of rest) {
      // Live, nobody knows of a slice that it is the last until there is no other.
      const isEnd = !settings.live && slice.byteLength < SLICE_BYTES;
      yield* send(isEnd ? "end" : "middle", slice);
    }
    if (line.open) yield* send("end", new Uint8Array(0));
    const usage = { requests: line.requestCount, billedMs: text.audioMs };
    yield {
      type: "response",
      requestId: streamId,
      model: modelOf(engine),
      durationMs: text.audioMs,
      usage: twice ? { ...usage, possiblyBilledTwice: true } : usage,
    };
  } finally {
    await line.abort();
    late.end();
  }
}
