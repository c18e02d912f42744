/**
 * The JSON of whisper (openai/whisper, whisper/utils.py, WriteJSON), of programs that write as it
 * does (faster-whisper, WhisperX), and OpenAI's verbose JSON (API reference, "The transcription
 * object (Verbose JSON)"), which has its words beside the segments.
 */
import { z } from "zod";
import { millisecondsOf } from "../../transcript/time.ts";
import { estimatedSegments } from "../../transcript/timing/estimate.ts";
import type { Segment, Transcript, Word } from "../../transcript/transcript.ts";
import { languageTag } from "./language-name.ts";
import { estimatedTimes } from "./warnings.ts";
import { timedWords, WHISPER_WORD } from "./whisper-words.ts";

const seconds = z.number().optional().catch(undefined);
const label = z.union([z.string(), z.number()]).transform(String).optional().catch(undefined);

const SEGMENT = z.looseObject({
  text: z.string(),
  start: z.number(),
  end: z.number(),
  speaker: label,
  words: z.array(WHISPER_WORD).optional().catch(undefined),
});
const ANSWER = z.looseObject({
  text: z.string().optional().catch(undefined),
  language: z.string().optional().catch(undefined),
  duration: seconds,
  model: z.string().optional().catch(undefined),
  segments: z.array(SEGMENT).optional(),
  words: z.array(WHISPER_WORD).optional().catch(undefined),
});

/** @returns undefined for what is none of these. */
export function whisperTranscript(value: unknown): Transcript | undefined {
  const { data } = ANSWER.safeParse(value);
  if (data === undefined || (data.segments === undefined && data.text === undefined)) {
    return undefined;
  }
  const { text = "", language, duration, model, words = [] } = data;
  const tag = language === undefined ? undefined : languageTag(language);
  const timed = timedSegments(data, words);
  const segments = timed ?? estimatedSegments(text);
  const lastMs = segments.reduce((most, { endMs }) => Math.max(most, endMs), 0);
  return {
    provider: "whisper",
    ...(model === undefined ? {} : { model }),
    ...(tag === undefined ? {} : { language: tag }),
    durationMs: duration === undefined ? lastMs : Math.max(0, millisecondsOf(duration)),
    segments,
    warnings: timed === undefined && segments.length > 0 ? [estimatedTimes()] : [],
    requestIds: [],
  };
}

/** @returns undefined where nothing in the answer is timed */
function timedSegments(
  { text = "", segments = [] }: z.output<typeof ANSWER>,
  words: readonly z.output<typeof WHISPER_WORD>[],
): Segment[] | undefined {
  if (segments.length > 0) {
    const hasOwn = segments.some((segment) => segment.words !== undefined);
    const loose = hasOwn ? [] : wordsBySegment(timedWords(words), segments);
    return segments.flatMap((segment, index) => segmentOf(segment, loose[index] ?? []));
  }
  const all = timedWords(words);
  const [first] = all;
  if (first === undefined) return undefined;
  const endMs = all.reduce((most, word) => Math.max(most, word.endMs), 0);
  return [{ text: text.trim(), startMs: first.startMs, endMs, words: all }];
}

/** To each segment the words that begin before the next one does. */
function wordsBySegment(
  words: readonly Word[],
  segments: readonly z.output<typeof SEGMENT>[],
): Word[][] {
  let taken = 0;
  return segments.map((_, index) => {
    const next = segments[index + 1];
    const untilMs = next === undefined ? Number.POSITIVE_INFINITY : millisecondsOf(next.start);
    const from = taken;
    while ((words[taken]?.startMs ?? Number.POSITIVE_INFINITY) < untilMs) taken += 1;
    return words.slice(from, taken);
  });
}

function segmentOf(segment: z.output<typeof SEGMENT>, loose: readonly Word[]): Segment[] {
  const text = segment.text.trim();
  if (text === "") return [];
  const startMs = Math.max(0, millisecondsOf(segment.start));
  const endMs = Math.max(startMs, millisecondsOf(segment.end));
  const words = segment.words === undefined ? loose : timedWords(segment.words, { startMs, endMs });
  return [
    {
      text,
      startMs,
      endMs,
      ...(segment.speaker === undefined ? {} : { speaker: segment.speaker }),
      ...(words.length === 0 ? {} : { words }),
    },
  ];
}
