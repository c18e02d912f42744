/** Our JSON, already checked against the schema, as the model: integer milliseconds. */
import type { JsonSegment, JsonTranscript } from "./schema.ts";
import { millisecondsOf } from "./time.ts";
import type { Interval, Segment, Source, Transcript, Usage } from "./transcript.ts";

/** Ids and `text` follow from the segments and are not read. */
export function transcriptFromJson(json: JsonTranscript): Transcript {
  const { provider, model, language, duration, usage, parts, speech, source, raw } = json;
  return {
    provider,
    ...(model === undefined ? {} : { model }),
    ...(language === undefined ? {} : { language }),
    durationMs: millisecondsOf(duration),
    segments: json.segments.map(segmentFromJson),
    warnings: json.warnings,
    ...(usage === undefined ? {} : { usage: usageFromJson(usage) }),
    requestIds: json.request_ids,
    ...(parts === undefined
      ? {}
      : {
          parts: parts.map(({ request_id, ...part }) => ({
            ...intervalFromJson(part),
            ...(request_id === undefined ? {} : { requestId: request_id }),
          })),
        }),
    ...(speech === undefined ? {} : { speech: speech.map(intervalFromJson) }),
    ...(source === undefined ? {} : { source: sourceFromJson(source) }),
    ...(raw === undefined ? {} : { raw }),
  };
}

function segmentFromJson({ id: _, start, end, words, ...rest }: JsonSegment): Segment {
  return {
    ...rest,
    ...intervalFromJson({ start, end }),
    ...(words === undefined
      ? {}
      : { words: words.map((word) => ({ text: word.word, ...intervalFromJson(word) })) }),
  };
}

function intervalFromJson({ start, end }: { start: number; end: number }): Interval {
  return { startMs: millisecondsOf(start), endMs: millisecondsOf(end) };
}

function usageFromJson(usage: NonNullable<JsonTranscript["usage"]>): Usage {
  const { requests, billed_seconds, tokens, possibly_billed_twice } = usage;
  return {
    requests,
    billedMs: millisecondsOf(billed_seconds),
    ...(tokens === undefined ? {} : { tokens }),
    ...(possibly_billed_twice === undefined ? {} : { possiblyBilledTwice: possibly_billed_twice }),
  };
}

function sourceFromJson(source: NonNullable<JsonTranscript["source"]>): Source {
  const { name, duration, sample_rate, channels, sha256 } = source;
  return {
    name,
    durationMs: millisecondsOf(duration),
    sampleRate: sample_rate,
    channels,
    sha256,
  };
}
