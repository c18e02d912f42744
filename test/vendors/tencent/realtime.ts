/** Tencent realtime over HTTP: one POST a slice. */
import { setImmediate } from "node:timers/promises";
import { GrowingBuffer } from "../server/audio/growing-buffer.ts";
import { AudioReceiver } from "../server/audio/receiver.ts";
import { channelSamples } from "../server/audio/samples.ts";
import { isWeak, sniff } from "../server/audio/sniff.ts";
import { WavScanner } from "../server/audio/wav.ts";
import type { ParameterTable } from "../server/checks.ts";
import type { Route } from "../server/double.ts";
import { type Exchange, Refusal } from "../server/exchange.ts";
import { hearByLength, type Recognise } from "../server/hearing.ts";
import { accountProblems, refuseFirst, type TencentAccount } from "./account.ts";
import { sliceAnswer, sliceError } from "./realtime-answer.ts";
import {
  type RealtimeRequest,
  readRealtimeRequest,
  realtimeProblems,
  type Template,
} from "./realtime-parameters.ts";
import { checkLength, checkOrder, RESTART_CODES, Voice } from "./voices.ts";

export interface RealtimeRules {
  readonly account: TencentAccount;
  readonly signedHost?: string;
  readonly templates: Readonly<Record<string, Template>>;
  readonly extraParameters: ParameterTable;
  readonly recognise?: Recognise;
  readonly keepAudio: boolean;
}

const REALTIME_PATH = /^\/asr\/v1\/\d+$/;
const CODES = { invalid: 102, unauthorised: 107, unknownAppId: 104 };
const TOO_LARGE = 101;
const INVALID = 102;
const EMPTY = 112;
/** 200 k are taken as 200,000 bytes (FACTS). */
const MAX_SLICE_BYTES = 200_000;

/** @param voices filled as voices come, for tests to look at. */
export function realtimeRoute(rules: RealtimeRules, voices: Map<string, Voice>): Route {
  const hears = rules.recognise !== undefined;
  const read = (exchange: Exchange) =>
    readRealtimeRequest(exchange.record.parameters, rules.templates);

  return {
    path: REALTIME_PATH,
    refuse: (exchange, code, reason) => sliceError(read(exchange), code, reason),
    check: async (exchange) => {
      const { record } = exchange;
      const request = read(exchange);
      const { parameters } = record;
      const problems = [
        ...accountProblems(exchange, rules.account, CODES, rules.signedHost),
        ...realtimeProblems(
          parameters,
          rules.templates,
          rules.extraParameters,
          exchange.clock.now(),
        ),
      ];
      const receiver = new AudioReceiver(rules.keepAudio);
      const slice = new GrowingBuffer();
      await exchange.readBody((chunk) => {
        receiver.push(chunk);
        if (receiver.sizeBytes <= MAX_SLICE_BYTES) slice.push(chunk);
      });
      const received = receiver.finish();
      const bytes = slice.view();
      record.audio = {
        container: received.container === "none" ? "pcm" : received.container,
        sizeBytes: received.sizeBytes,
        sha256: received.sha256,
        ...(received.bytes === undefined ? {} : { bytes: received.bytes }),
      };
      if (received.sizeBytes === 0) problems.push(new Refusal(EMPTY, "the slice is empty"));
      if (received.sizeBytes > MAX_SLICE_BYTES) {
        problems.push(new Refusal(TOO_LARGE, `a slice of ${received.sizeBytes} bytes`));
      }
      refuseFirst(exchange, problems);

      // A client that left its last try may be back before the loop has seen it leave.
      await setImmediate();
      noteOverlap(exchange, request);
      const known = voices.get(request.voiceId);
      for (const note of checkOrder(known, request, record, received.sha256)) exchange.note(note);
      checkLength(known, bytes.length, request);
      checkContent(exchange, known, bytes, request);
      return {
        serve: async () => {
          const voice = known ?? new Voice(request.voiceId, hears);
          voices.set(request.voiceId, voice);
          voice.add(record, bytes, request);
          const { sampleRate } = request;
          const pcm = hears ? channelSamples(voice.samples(), "s16le", 1, 0) : new Int16Array(0);
          const heard = await (rules.recognise ?? hearByLength)(
            {
              container: request.voiceFormat === "1" ? "pcm" : (record.audio?.container ?? "none"),
              sizeBytes: voice.toRecord().sizeBytes,
              durationMs: voice.durationMs,
              sampleRate,
              channels: 1,
              channel: 0,
              stream: request.voiceId,
              final: request.isEnd,
              request: record,
            },
            request.voiceFormat === "1" ? pcm : new Int16Array(0),
          );
          return sliceAnswer(request, voice, heard);
        },
        failed: (code) => {
          const voice = voices.get(request.voiceId) ?? new Voice(request.voiceId, hears);
          if (!RESTART_CODES.has(code)) return;
          voice.state = "lost";
          voices.set(request.voiceId, voice);
        },
      };
    },
  };
}

/** "One POST per slice, strictly in order (wait for each answer)" (FACTS). */
function noteOverlap(exchange: Exchange, request: RealtimeRequest): void {
  const overlapping = exchange.earlierOpen(
    (other) => other.parameters.voice_id === request.voiceId,
  );
  for (const other of overlapping) {
    exchange.note(`sent before the answer to seq ${other.parameters.seq} (#${other.index})`);
  }
}

/** "16bit 位深的单声道" at the engine's rate (document, "输入音频格式"). */
function checkContent(
  exchange: Exchange,
  voice: Voice | undefined,
  bytes: Buffer,
  request: RealtimeRequest,
): void {
  const isFirst = voice === undefined || voice.nextSeq === 0;
  const container = isFirst ? sniff(bytes) : "none";
  const expected = { "1": ["wav", "none"], "4": ["none", "ogg-speex"], "6": ["silk"] }[
    request.voiceFormat
  ];
  const looksLikePcm = request.voiceFormat === "1" && isWeak(container, bytes);
  if (isFirst && !looksLikePcm && expected?.includes(container) !== true) {
    throw new Refusal(
      INVALID,
      `voice_format=${request.voiceFormat}, but the voice is ${container}`,
    );
  }
  if (request.voiceFormat !== "1") return;
  if (bytes.length % 2 !== 0) exchange.note(`a slice of ${bytes.length} bytes cuts a sample`);
  if (container !== "wav") return;
  const scanner = new WavScanner();
  scanner.push(bytes);
  const facts = scanner.facts();
  if (facts === undefined) throw new Refusal(INVALID, "the first slice ends inside the WAV header");
  if (facts.formatTag !== 1 || facts.bitsPerSample !== 16 || facts.channels !== 1) {
    throw new Refusal(INVALID, "the WAV is not 16-bit mono PCM");
  }
  if (facts.sampleRate !== request.sampleRate) {
    exchange.note(`an engine of ${request.sampleRate} Hz was given ${facts.sampleRate} Hz audio`);
  }
}
