/** Tencent realtime over HTTP: one request a slice, text while the audio comes. */
import type { Account, Provider } from "../../contract.ts";
import { tencentAccount } from "../account.ts";
import { tencentAddress } from "../address.ts";
import { TENCENT_CHECKS } from "../checks.ts";
import { TENCENT_CREDENTIALS } from "../credentials.ts";
import { REALTIME_EXCHANGES } from "../exchanges.ts";
import { newWarnings } from "../new-warnings.ts";
import { REALTIME_ENGINES, REALTIME_LANGUAGES } from "./engines.ts";
import {
  LIVE_PLAIN_VOICE,
  LIVE_SLICE_MS,
  LIVE_VOICE,
  MAX_CONCURRENCY,
  MAX_GAP_MS,
  MAX_SLICE_BYTES,
  RECOMMENDED_MS,
} from "./limits.ts";
import { realtimeParameters } from "./parameters.ts";
import { wholeUnitsMs } from "./pcm-units.ts";
import { checkRealtimeAudio, planRealtime } from "./request.ts";
import { RealtimeSession } from "./session.ts";
import { storedRealtimeEvents } from "./stored-answers.ts";
import { REALTIME_ACCEPTS } from "./voice-format.ts";

export const tencentRealtime: Provider = {
  id: "tencent-realtime",
  vendor: "tencent",
  title: "Tencent realtime over HTTP: text while the audio comes",
  documentation: "https://cloud.tencent.com/document/product/1093/35799",
  credentials: TENCENT_CREDENTIALS,
  exchanges: REALTIME_EXCHANGES,
  capabilities: {
    accepts: REALTIME_ACCEPTS,
    limits: {
      maxConcurrency: MAX_CONCURRENCY,
      recommendedDurationMs: RECOMMENDED_MS,
      slice: { recommendedMs: LIVE_SLICE_MS, maxBytes: MAX_SLICE_BYTES, maxGapMs: MAX_GAP_MS },
      session: LIVE_VOICE,
    },
    gives: {
      partials: true,
      // Measured with needvad=1, derived without.
      segmentTimes: "approximate",
      wordTimes: false,
      speakers: false,
      channels: false,
      hotwords: false,
    },
    languages: Object.keys(REALTIME_LANGUAGES),
    models: REALTIME_ENGINES,
    remote: true,
  },
  parameters: realtimeParameters,

  resolve(settings, audio) {
    const { model, sampleRate, sliceMs, needVad, warnings } = planRealtime(settings, audio);
    const session = settings.live && !needVad ? { session: LIVE_PLAIN_VOICE } : {};
    return { model, sampleRate, sliceMs: wholeUnitsMs(sliceMs), ...session, warnings };
  },

  async prepare(_, { account }) {
    tencentAccount(account);
    tencentAddress(account);
  },

  host: (account) => new URL(tencentAddress(account).origin).host,
  checks: TENCENT_CHECKS,
  readAnswers: storedRealtimeEvents,

  async *recognize(input, context) {
    const { signal, http } = context;
    signal.throwIfAborted();
    const { audio, settings, resolution } = input;
    const plan = planRealtime(settings, audio, resolution);
    checkRealtimeAudio(audio, plan);
    yield* newWarnings(plan.warnings, resolution.warnings);
    // A voice counts once against the account, not once a slice.
    const place = await http.limiter.enter(limitsOf(context.account), { signal });
    try {
      yield* new RealtimeSession(input, plan, context, place).events();
    } finally {
      place.leave();
    }
  },
};

function limitsOf(account: Account) {
  const { maxConcurrency = MAX_CONCURRENCY, maxRequestsPerSecond } = account;
  return {
    key: `tencent-realtime/${tencentAccount(account).appId}`,
    limit: "tencent-realtime",
    maxConcurrency,
    ...(maxRequestsPerSecond === undefined ? {} : { maxStartsPerSecond: maxRequestsPerSecond }),
  };
}
