/** What both speech calls of Feishu and Lark share: gateway, body, ear. */
import { channelSamples } from "../server/audio/samples.ts";
import { type Exchange, Refusal } from "../server/exchange.ts";
import { hearByLength, type Recognise, textOf } from "../server/hearing.ts";
import { type JsonBody, readJsonBody } from "../server/json/body.ts";
import { AUDIO_PATH, BYTES_PER_MS, pcmProblem, receivedPcm, SAMPLE_RATE } from "./bodies.ts";
import type { Gateway } from "./gateway.ts";

export interface SpeechRules {
  readonly gateway: Gateway;
  /** Host of the links in error bodies. */
  readonly siteHost: string;
  readonly recognise?: Recognise;
  readonly keepAudio: boolean;
}

/**
 * Reads the whole request, then judges its head: a client that is refused has sent everything.
 *
 * @throws Refusal
 */
export async function admitSpeech(
  exchange: Exchange,
  rules: SpeechRules,
  invalidParameter: number,
): Promise<JsonBody> {
  const keep = rules.keepAudio || rules.recognise !== undefined;
  const body = await readJsonBody(exchange, AUDIO_PATH, keep);
  if (body.audio !== undefined) exchange.record.audio = receivedPcm(body.audio, rules.keepAudio);
  if (exchange.record.method !== "POST") throw new Refusal(invalidParameter, "not a POST");
  rules.gateway.admit(exchange, invalidParameter);
  const wrongAudio = body.audio === undefined ? undefined : pcmProblem(body.audio);
  const problem = body.problem ?? wrongAudio;
  if (problem !== undefined) throw new Refusal(invalidParameter, problem);
  return body;
}

/** The text of 16 kHz mono PCM. */
export async function hearSpeech(
  exchange: Exchange,
  rules: SpeechRules,
  pcm: { readonly sizeBytes: number; readonly bytes: Buffer | undefined },
  final: boolean,
  stream?: string,
): Promise<string> {
  const { recognise = hearByLength } = rules;
  const heard = await recognise(
    {
      container: "pcm",
      sizeBytes: pcm.sizeBytes,
      durationMs: Math.round(pcm.sizeBytes / BYTES_PER_MS),
      sampleRate: SAMPLE_RATE,
      channels: 1,
      channel: 0,
      ...(stream === undefined ? {} : { stream }),
      final,
      request: exchange.record,
    },
    pcm.bytes === undefined ? new Int16Array(0) : channelSamples(pcm.bytes, "s16le", 1, 0),
  );
  return textOf(heard);
}
