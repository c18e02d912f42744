/** A transcript in the terms of the AI SDK: seconds, and languages by their first subtag. */
import type { JSONObject } from "@ai-sdk/provider";
import { joinTexts } from "../transcript/text.ts";
import { secondsOf } from "../transcript/time.ts";
import type { Segment, Transcript, Word } from "../transcript/transcript.ts";

interface TimedText {
  readonly text: string;
  readonly startSecond: number;
  readonly endSecond: number;
}

function timed({ text, startMs, endMs }: Segment | Word): TimedText {
  return { text, startSecond: secondsOf(startMs), endSecond: secondsOf(endMs) };
}

function textOf({ segments }: Transcript): string {
  return joinTexts(segments.map(({ text }) => text));
}

/** What `doGenerate` and the end of a stream say alike. */
export function resultOf(transcript: Transcript) {
  const { segments, language, durationMs, usage } = transcript;
  return {
    text: textOf(transcript),
    segments: segments.map(timed),
    language: language?.split("-")[0]?.toLowerCase(),
    durationInSeconds: secondsOf(durationMs),
    ...(usage === undefined ? {} : { usage: usageOf(usage) }),
    providerMetadata: { asr: metadataOf(transcript) },
  };
}

export function wordsOf({ segments }: Transcript): TimedText[] {
  return segments.flatMap(({ words = [] }) => words.map(timed));
}

function usageOf({
  requests,
  billedMs,
  tokens,
  possiblyBilledTwice,
}: NonNullable<Transcript["usage"]>) {
  return {
    requests,
    billedSeconds: secondsOf(billedMs),
    ...(tokens === undefined ? {} : { tokens }),
    ...(possiblyBilledTwice === undefined ? {} : { possiblyBilledTwice }),
  };
}

/** `providerMetadata.asr`: for the vendor's support, and who said what. */
function metadataOf({ provider, requestIds, usage, segments }: Transcript): JSONObject {
  const isTold = segments.some(({ speaker, channel }) => (speaker ?? channel) !== undefined);
  return {
    provider,
    requestIds: [...requestIds],
    ...(usage === undefined ? {} : { usage: usageOf(usage) }),
    ...(isTold
      ? {
          segments: segments.map((segment) => ({
            ...timed(segment),
            ...(segment.speaker === undefined ? {} : { speaker: segment.speaker }),
            ...(segment.channel === undefined ? {} : { channel: segment.channel }),
          })),
        }
      : {}),
  };
}
