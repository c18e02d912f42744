/** From the answer of Tencent flash (document, 3.4) to events. Lenient: what is missing is done without. */
import { z } from "zod";
import type { FinalEvent, RecognitionEvent } from "../../../transcript/events.ts";
import type { Segment, Word } from "../../../transcript/transcript.ts";
import type { AudioInput, RecognitionSettings } from "../../contract.ts";
import { languageOfEngine } from "./engines.ts";
import type { FlashPlan } from "./request.ts";
import type { FlashAnswer } from "./send.ts";

const text = z.string().catch("");
const timeMs = z.number().nonnegative().transform(Math.round).optional().catch(undefined);
const list = <T extends z.ZodType>(item: T) => z.array(item).catch([]);

const wordSchema = z.looseObject({ word: text, start_time: timeMs, end_time: timeMs });

const sentenceSchema = z.looseObject({
  text,
  start_time: timeMs,
  end_time: timeMs,
  speaker_id: z.union([z.number(), z.string()]).optional().catch(undefined),
  word_list: list(wordSchema),
});

const resultSchema = z.looseObject({
  channel_id: z.int().nonnegative().optional().catch(undefined),
  text,
  sentence_list: list(sentenceSchema),
});

const answerSchema = z.looseObject({
  request_id: z.string().optional().catch(undefined),
  audio_duration: timeMs,
  flash_result: list(resultSchema),
});

type Sentence = z.output<typeof sentenceSchema>;
type ChannelResult = z.output<typeof resultSchema>;

/** What was asked, which says how the answer is to be read. */
export interface Question {
  readonly plan: Pick<FlashPlan, "query" | "engine">;
  readonly settings: Pick<RecognitionSettings, "words" | "subtitles" | "raw">;
  readonly audio: Pick<AudioInput, "channels" | "durationMs">;
}

/** Finals by time, then what the request cost. With several channels each is billed. */
export function flashEvents(
  { body, requestCount, possiblyBilledTwice }: FlashAnswer,
  { plan: { query, engine }, settings, audio }: Question,
): RecognitionEvent[] {
  const answer = answerSchema.parse(body);
  const durationMs = answer.audio_duration ?? audio.durationMs ?? 0;
  // The one channel of a mix is none of the recording's.
  const allChannels = query.first_channel_only === "0" && audio.channels > 1;
  const wanted = {
    speakers: (query.speaker_diarization ?? "0") !== "0",
    // 3 is for its short sentences, and brings words besides (document, 3.2).
    words: settings.words || settings.subtitles || /^[12]$/.test(query.word_info ?? ""),
  };
  const segments = answer.flash_result.flatMap((result, index) => {
    const label = allChannels ? { channel: result.channel_id ?? index } : {};
    return channelSegments(result, durationMs, wanted).map((segment) => ({ ...segment, ...label }));
  });
  const finals = segments
    .sort((a, b) => a.startMs - b.startMs || (a.channel ?? 0) - (b.channel ?? 0))
    .map((segment): FinalEvent => ({ type: "final", segment }));
  const channelCount = allChannels ? Math.max(1, answer.flash_result.length) : 1;
  const language = languageOfEngine(engine);
  return [
    ...finals,
    ...(finals.length > 0 ? [] : [noSpeech()]),
    {
      type: "response",
      model: engine,
      durationMs,
      ...(answer.request_id === undefined ? {} : { requestId: answer.request_id }),
      ...(language === undefined ? {} : { language }),
      usage: {
        requests: requestCount,
        billedMs: durationMs * channelCount,
        ...(possiblyBilledTwice ? { possiblyBilledTwice } : {}),
      },
      ...(settings.raw ? { raw: body } : {}),
    },
  ];
}

interface Wanted {
  readonly speakers: boolean;
  readonly words: boolean;
}

function channelSegments(result: ChannelResult, durationMs: number, wanted: Wanted): Segment[] {
  const segments: Segment[] = [];
  for (const sentence of result.sentence_list) {
    const spoken = sentence.text.trim();
    if (spoken === "") continue;
    const { start_time: start, end_time: end, speaker_id: speaker } = sentence;
    const startMs = start ?? segments.at(-1)?.endMs ?? 0;
    const words = wanted.words ? wordsOf(sentence) : [];
    segments.push({
      text: spoken,
      startMs,
      endMs: Math.max(startMs, end ?? durationMs),
      // Without diarisation every sentence has a speaker_id of 0 (document, 3.7).
      ...(wanted.speakers && speaker !== undefined ? { speaker: String(speaker) } : {}),
      ...(start === undefined || end === undefined ? { approximate: true } : {}),
      ...(words.length === 0 ? {} : { words }),
    });
  }
  const whole = result.text.trim();
  if (segments.length > 0 || whole === "") return segments;
  return [{ text: whole, startMs: 0, endMs: durationMs, approximate: true }];
}

/** Words as they came: with `word_info` 2 and 3, punctuation marks are words of their own. */
function wordsOf({ word_list: words }: Sentence): Word[] {
  return words.flatMap(({ word, start_time: startMs, end_time: endMs }) =>
    word === "" || startMs === undefined || endMs === undefined
      ? []
      : [{ text: word, startMs, endMs: Math.max(startMs, endMs) }],
  );
}

function noSpeech(): RecognitionEvent {
  return {
    type: "warning",
    warning: { code: "no-speech", message: "Tencent flash found no speech in the audio" },
  };
}
