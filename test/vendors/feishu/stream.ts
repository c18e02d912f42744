/** `stream_recognize`: one POST a packet (Lark document; FACTS). */
import type { z } from "zod";
import { jsonAnswer } from "../server/answer.ts";
import type { Accepted, Route } from "../server/double.ts";
import { type Exchange, Refusal } from "../server/exchange.ts";
import { answeredWhole } from "../server/faults.ts";
import { parseBody, STREAM_BODY } from "./bodies.ts";
import { feishuError } from "./errors.ts";
import { admitSpeech, hearSpeech, type SpeechRules } from "./speech-rules.ts";
import { Stream } from "./streams.ts";

export interface StreamRules extends SpeechRules {
  /** `action` of a packet that is neither first nor last; 0 by users' code (FACTS). */
  readonly middleAction: number;
  /** Streams at once: "20 路". */
  readonly maxOpenStreams: number;
  /** A larger packet is refused; undefined: over 200 ms is only noted. */
  readonly maxSliceBytes?: number;
  /** What the end packet is answered: the whole text, or none. */
  readonly finalText: "whole" | "empty";
}

export const STREAM_PATH = "/open-apis/speech_to_text/v1/speech/stream_recognize";
const INVALID_PARAMETER = 1610101;
const FIRST = 1;
const END = 2;
const ABORT = 3;
/** "建议每个音频分片的大小为 100-200ms", at 32 bytes a millisecond. */
const RECOMMENDED_MAX_BYTES = 6400;

type Config = z.output<typeof STREAM_BODY>["config"];

/** @param streams filled as streams come, for tests to look at. */
export function streamRoute(rules: StreamRules, streams: Map<string, Stream>): Route {
  return {
    path: new RegExp(`^${STREAM_PATH}$`),
    refuse: (exchange, code, reason) => feishuError(exchange, code, reason, rules.siteHost),
    check: async (exchange): Promise<Accepted> => {
      const body = await admitSpeech(exchange, rules, INVALID_PARAMETER);
      const parsed = parseBody(STREAM_BODY, body);
      if ("problem" in parsed) throw new Refusal(INVALID_PARAMETER, parsed.problem);
      const { config } = parsed.value;
      const sizeBytes = body.audio?.sizeBytes ?? 0;
      const known = streams.get(config.stream_id);
      if (known !== undefined && isHonestRepeat(exchange, known, config)) {
        const again = known.last?.answer;
        if (again !== undefined) return { serve: () => again };
      }
      checkOrder(known, config, rules.middleAction);
      checkSize(exchange, rules, config, sizeBytes);
      if (known === undefined) checkOpenStreams(rules, streams);
      return {
        serve: async () => {
          const stream = known ?? new Stream(config.stream_id, rules.recognise !== undefined);
          streams.set(config.stream_id, stream);
          stream.add(sizeBytes, body.audio?.bytes);
          if (config.action === END) stream.state = "ended";
          if (config.action === ABORT) stream.state = "aborted";
          const answer = await packetAnswer(exchange, rules, stream, config);
          stream.last = { record: exchange.record, answer };
          return answer;
        },
      };
    },
  };
}

async function packetAnswer(
  exchange: Exchange,
  rules: StreamRules,
  stream: Stream,
  config: Config,
) {
  const isEnd = config.action === END;
  const silent = config.action === ABORT || (isEnd && rules.finalText === "empty");
  const text = silent ? "" : await hearSpeech(exchange, rules, stream, isEnd, stream.streamId);
  return jsonAnswer({
    code: 0,
    msg: "success",
    data: {
      stream_id: config.stream_id,
      sequence_id: config.sequence_id,
      recognition_text: text,
    },
  });
}

/**
 * The same packet once more, because its answer was lost. No document says what happens then:
 * the double answers as before.
 */
function isHonestRepeat(exchange: Exchange, stream: Stream, config: Config): boolean {
  const { last } = stream;
  if (last === undefined || config.sequence_id !== stream.nextSequence - 1) return false;
  const before = last.record;
  const sameBody =
    JSON.stringify(before.body) === JSON.stringify(exchange.record.body) &&
    before.audio?.sha256 === exchange.record.audio?.sha256;
  return sameBody && !answeredWhole(before);
}

function checkOrder(stream: Stream | undefined, config: Config, middleAction: number): void {
  const { stream_id: streamId, sequence_id: sequence, action } = config;
  const refuse = (reason: string) =>
    new Refusal(INVALID_PARAMETER, `stream ${streamId}: ${reason}`);
  if (stream === undefined) {
    if (sequence !== 0) throw refuse(`begins with sequence_id ${sequence}`);
    if (action !== FIRST) throw refuse(`begins with action ${action}`);
    return;
  }
  if (stream.state !== "open") throw refuse(`is ${stream.state}`);
  if (sequence !== stream.nextSequence) {
    throw refuse(`sequence_id ${sequence} where ${stream.nextSequence} comes next`);
  }
  if (![middleAction, END, ABORT].includes(action)) {
    throw refuse(`action ${action} in the middle`);
  }
}

function checkSize(
  exchange: Exchange,
  rules: StreamRules,
  config: Config,
  sizeBytes: number,
): void {
  const mayBeEmpty = config.action === END || config.action === ABORT;
  if (sizeBytes === 0 && !mayBeEmpty) throw new Refusal(INVALID_PARAMETER, "an empty packet");
  if (rules.maxSliceBytes !== undefined && sizeBytes > rules.maxSliceBytes) {
    throw new Refusal(INVALID_PARAMETER, `a packet of ${sizeBytes} bytes`);
  }
  if (sizeBytes > RECOMMENDED_MAX_BYTES) {
    exchange.note(`a packet of ${sizeBytes} bytes: 100-200 ms (3200-6400 bytes) are recommended`);
  }
}

function checkOpenStreams(rules: StreamRules, streams: ReadonlyMap<string, Stream>): void {
  const open = [...streams.values()].filter((stream) => stream.state === "open").length;
  if (open >= rules.maxOpenStreams) throw rules.gateway.rateLimit(`${open} streams are open`, 1);
}
