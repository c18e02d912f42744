/** The model as our JSON: snake case, seconds. Keys stand in the order of the schema. */
import type { JsonSegment, JsonTranscript } from "./schema.ts";
import { SCHEMA_VERSION } from "./schema-version.ts";
import { joinTexts } from "./text.ts";
import { secondsOf } from "./time.ts";
import type { Interval, Segment, Source, Transcript, Usage } from "./transcript.ts";

/** A transcript without its text: what JSON Lines says at the end, the segments being out. */
export type JsonTranscriptFacts = Omit<JsonTranscript, "text" | "segments">;

export function transcriptToJson(transcript: Transcript): JsonTranscript {
  return {
    ...leadingFacts(transcript),
    text: joinTexts(transcript.segments.map((segment) => segment.text)),
    segments: transcript.segments.map((segment, id) => ({ id, ...segmentToJson(segment) })),
    ...trailingFacts(transcript),
  };
}

export function transcriptFactsToJson(transcript: Transcript): JsonTranscriptFacts {
  return { ...leadingFacts(transcript), ...trailingFacts(transcript) };
}

/** A segment without its id, which a partial does not have. */
export function segmentToJson(segment: Segment): Omit<JsonSegment, "id"> {
  const { text, speaker, channel, approximate, words } = segment;
  return {
    ...intervalToJson(segment),
    text,
    ...(speaker === undefined ? {} : { speaker }),
    ...(channel === undefined ? {} : { channel }),
    ...(approximate === undefined ? {} : { approximate }),
    ...(words === undefined
      ? {}
      : { words: words.map((word) => ({ word: word.text, ...intervalToJson(word) })) }),
  };
}

function leadingFacts({ provider, model, language, durationMs }: Transcript) {
  return {
    schema_version: SCHEMA_VERSION,
    provider,
    ...(model === undefined ? {} : { model }),
    ...(language === undefined ? {} : { language }),
    duration: secondsOf(durationMs),
  };
}

function trailingFacts(transcript: Transcript) {
  const { warnings, usage, requestIds, parts, speech, source, raw } = transcript;
  return {
    warnings: warnings.map(({ code, message }) => ({ code, message })),
    ...(usage === undefined ? {} : { usage: usageToJson(usage) }),
    request_ids: [...requestIds],
    ...(parts === undefined
      ? {}
      : {
          parts: parts.map(({ requestId, ...part }) => ({
            ...intervalToJson(part),
            ...(requestId === undefined ? {} : { request_id: requestId }),
          })),
        }),
    ...(speech === undefined ? {} : { speech: speech.map(intervalToJson) }),
    ...(source === undefined ? {} : { source: sourceToJson(source) }),
    ...(raw === undefined ? {} : { raw: [...raw] }),
  };
}

function intervalToJson({ startMs, endMs }: Interval) {
  return { start: secondsOf(startMs), end: secondsOf(endMs) };
}

function usageToJson({ requests, billedMs, tokens, possiblyBilledTwice }: Usage) {
  return {
    requests,
    billed_seconds: secondsOf(billedMs),
    ...(tokens === undefined ? {} : { tokens }),
    ...(possiblyBilledTwice === undefined ? {} : { possibly_billed_twice: possiblyBilledTwice }),
  };
}

function sourceToJson({ name, durationMs, sampleRate, channels, sha256 }: Source) {
  return {
    name,
    duration: secondsOf(durationMs),
    sample_rate: sampleRate,
    channels,
    sha256,
  };
}
