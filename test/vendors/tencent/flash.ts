/** Tencent flash: one POST with the whole recording. */

import { jsonAnswer } from "../server/answer.ts";
import { AudioReceiver } from "../server/audio/receiver.ts";
import { channelSamples } from "../server/audio/samples.ts";
import { type ChangingLimit, limitNow } from "../server/changing-limit.ts";
import { type ParameterTable, tableProblems } from "../server/checks.ts";
import type { Route } from "../server/double.ts";
import { type Exchange, Refusal } from "../server/exchange.ts";
import { hearByLength, type Recognise } from "../server/hearing.ts";
import type { RequestRecord } from "../server/recorder.ts";
import { accountProblems, refuseFirst, type TencentAccount } from "./account.ts";
import { flashResult } from "./flash-answer.ts";
import { engineRate, type FlashAudio, flashAudioFacts, flashAudioProblem } from "./flash-audio.ts";
import { FLASH_PARAMETERS, flashConditions } from "./flash-parameters.ts";

export interface FlashRules {
  readonly account: TencentAccount;
  readonly signedHost?: string;
  /** Requests at once before 4006: 20 by the document, 5 for `*_large` engines (FACTS). */
  readonly concurrency: ChangingLimit;
  readonly largeConcurrency: number;
  /** Parameters beyond the document's. */
  readonly extraParameters: ParameterTable;
  readonly recognise?: Recognise;
  readonly keepAudio: boolean;
}

const FLASH_PATH = /^\/asr\/flash\/v1\/\d+$/;
const CODES = { invalid: 4001, unauthorised: 4002, unknownAppId: 4003 };

export function flashRoute(rules: FlashRules): Route {
  return {
    path: FLASH_PATH,
    refuse: (exchange, code, reason) =>
      jsonAnswer({ request_id: requestId(exchange.record), code, message: reason }),
    check: async (exchange) => {
      const { record } = exchange;
      const { parameters } = record;
      const table = { ...FLASH_PARAMETERS, ...rules.extraParameters };
      const problems = [
        ...accountProblems(exchange, rules.account, CODES, rules.signedHost),
        ...tableProblems(table, parameters).map((text) => new Refusal(CODES.invalid, text)),
        ...concurrencyProblems(exchange, rules),
      ];
      const receiver = new AudioReceiver(rules.keepAudio || rules.recognise !== undefined);
      await exchange.readBody((chunk) => receiver.push(chunk));
      const received = receiver.finish();
      const facts = flashAudioFacts(parameters, received);
      record.audio = {
        container: parameters.voice_format === "pcm" ? "pcm" : received.container,
        sizeBytes: received.sizeBytes,
        sha256: received.sha256,
        sampleRate: facts.sampleRate,
        channels: facts.channels,
        durationMs: facts.durationMs,
        ...(rules.keepAudio && received.bytes !== undefined ? { bytes: received.bytes } : {}),
      };
      const audioProblem = flashAudioProblem(facts.voiceFormat, received, facts);
      if (audioProblem !== undefined) {
        problems.push(new Refusal(audioProblem.code, audioProblem.reason));
      }
      for (const note of flashConditions(parameters)) exchange.note(note);
      if (facts.voiceFormat === "wav" && facts.sampleRate !== engineRate(parameters)) {
        exchange.note(`${parameters.engine_type} was given ${facts.sampleRate} Hz audio`);
      }
      refuseFirst(exchange, problems);
      return {
        serve: async () => {
          const allChannels = parameters.first_channel_only === "0";
          const channels = allChannels ? facts.channels : 1;
          const results = [];
          for (let channel = 0; channel < channels; channel += 1) {
            const heard = await hear(rules, record, facts, channel, received.bytes);
            results.push(flashResult(channel, heard, parameters));
          }
          return jsonAnswer({
            request_id: requestId(record),
            code: 0,
            message: "",
            audio_duration: facts.durationMs,
            flash_result: results,
          });
        },
      };
    },
  };
}

async function hear(
  rules: FlashRules,
  request: RequestRecord,
  facts: FlashAudio,
  channel: number,
  bytes: Buffer | undefined,
) {
  const { sampleRate, channels, durationMs, encoding } = facts;
  const samples = bytes?.subarray(facts.samplesStart, facts.samplesEnd) ?? Buffer.alloc(0);
  const pcm =
    encoding === undefined || rules.recognise === undefined
      ? new Int16Array(0)
      : channelSamples(samples, encoding, channels, channel);
  const recognise = rules.recognise ?? hearByLength;
  const container = facts.voiceFormat;
  const sizeBytes = request.audio?.sizeBytes ?? 0;
  const compressed = encoding === undefined && bytes !== undefined ? { bytes } : {};
  const audio = { container, sizeBytes, durationMs, sampleRate, channels, channel, ...compressed };
  return await recognise({ ...audio, final: true, request }, pcm);
}

function concurrencyProblems(exchange: Exchange, rules: FlashRules): Refusal[] {
  const isFlash = (record: RequestRecord) => FLASH_PATH.test(record.path);
  const isLarge = (record: RequestRecord) =>
    isFlash(record) && record.parameters.engine_type?.endsWith("_large") === true;
  const open = exchange.openAtArrival(isFlash);
  const openLarge = isLarge(exchange.record) ? exchange.openAtArrival(isLarge) : 0;
  if (open > limitNow(rules.concurrency)) return [new Refusal(4006, `${open} requests at once`)];
  if (openLarge > rules.largeConcurrency) {
    return [new Refusal(4006, `${openLarge} requests at once to large-model engines`)];
  }
  return [];
}

/** 24 hexadecimal digits as in the document, the request's index among them. */
function requestId(record: RequestRecord): string {
  return `6098aecab9c686fb${record.index.toString(16).padStart(8, "0")}`;
}
