/** Tencent flash: a whole recording in one request, text and times in the answer. */
import type { Provider } from "../../contract.ts";
import { tencentAccount } from "../account.ts";
import { tencentAddress } from "../address.ts";
import { TENCENT_CHECKS } from "../checks.ts";
import { TENCENT_CREDENTIALS } from "../credentials.ts";
import { FLASH_EXCHANGES } from "../exchanges.ts";
import { HOTWORD_LIMITS } from "../hotwords.ts";
import { newWarnings } from "../new-warnings.ts";
import { flashEvents } from "./answer.ts";
import { checkFlashAudio } from "./check-audio.ts";
import { FLASH_ENGINES, FLASH_LANGUAGES } from "./engines.ts";
import { FLASH_LIMITS } from "./limits.ts";
import { flashParameters } from "./parameters.ts";
import { neededRate, planFlash } from "./request.ts";
import { sendFlash } from "./send.ts";
import { storedFlashEvents } from "./stored-answer.ts";
import { FLASH_ACCEPTS } from "./voice-format.ts";

export const tencentFlash: Provider = {
  id: "tencent-flash",
  vendor: "tencent",
  title: "Tencent flash: a whole recording in one request",
  documentation: "https://cloud.tencent.com/document/product/1093/52097",
  credentials: TENCENT_CREDENTIALS,
  exchanges: FLASH_EXCHANGES,
  capabilities: {
    accepts: FLASH_ACCEPTS,
    limits: FLASH_LIMITS,
    gives: {
      partials: false,
      segmentTimes: true,
      wordTimes: true,
      speakers: true,
      channels: true,
      hotwords: HOTWORD_LIMITS,
    },
    languages: Object.keys(FLASH_LANGUAGES),
    models: FLASH_ENGINES,
    remote: true,
  },
  parameters: flashParameters,

  resolve(settings, audio) {
    const plan = planFlash(settings, audio);
    const sampleRate = neededRate(plan, audio);
    return {
      model: plan.engine,
      ...(sampleRate === undefined ? {} : { sampleRate }),
      // The parameter is for pcm alone (newer document).
      ...(plan.query.input_sample_rate === undefined ? {} : { container: "pcm" }),
      warnings: plan.warnings,
    };
  },

  async prepare(_, { account }) {
    tencentAccount(account);
    tencentAddress(account);
  },

  host: (account) => new URL(tencentAddress(account).origin).host,
  checks: TENCENT_CHECKS,
  readAnswers: storedFlashEvents,

  async *recognize({ audio, settings, resolution }, context) {
    context.signal.throwIfAborted();
    const plan = planFlash(settings, audio, resolution.model);
    checkFlashAudio(audio, plan);
    yield* newWarnings(plan.warnings, resolution.warnings);
    const answer = yield* sendFlash(audio, plan, context);
    yield* flashEvents(answer, { plan, settings, audio });
  },
};
