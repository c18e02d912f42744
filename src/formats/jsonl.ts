import type { AsrError } from "../errors.ts";
import type { JobEvent, StartEvent } from "../transcript/events.ts";
import { SCHEMA_VERSION } from "../transcript/schema-version.ts";
import { secondsOf } from "../transcript/time.ts";
import { segmentToJson, transcriptFactsToJson } from "../transcript/to-json.ts";
import type { TranscriptFormat } from "./format.ts";
import { jsonText } from "./json-text.ts";

/**
 * An event a line, as it happens. `done` says what the JSON transcript says besides its text and
 * segments, those being out; so a vendor's answers (`response`) have no line of their own.
 */
export const jsonl: TranscriptFormat = {
  name: "jsonl",
  extension: "jsonl",
  title: "JSON Lines",
  help: "one event a line, while it happens",
  grows: true,
  sharing: { separator: "", interleaved: true },
  open: ({ input }) => {
    const origin = input === undefined ? {} : { input };
    let finals = 0;
    return {
      write(event) {
        if (event.type === "response") return "";
        const facts = factsOf(event, finals);
        if (event.type === "final") finals += 1;
        return jsonText({ type: event.type, ...origin, ...facts });
      },
    };
  },
};

/** @param id of the segment, were this a final: its position in the JSON transcript */
function factsOf(event: Exclude<JobEvent, { type: "response" }>, id: number): object {
  switch (event.type) {
    case "start":
      return startToJson(event);
    case "partial":
      return segmentToJson(event.segment);
    case "final":
      return { id, ...segmentToJson(event.segment) };
    case "warning":
      return { code: event.warning.code, message: event.warning.message };
    case "progress":
      return {
        processed: secondsOf(event.audioMs),
        lag: event.lagMs === undefined ? undefined : secondsOf(event.lagMs),
      };
    case "error":
      return errorToJson(event.error);
    case "done":
      return transcriptFactsToJson(event.transcript);
  }
}

function startToJson({ provider, model, source }: StartEvent): object {
  return {
    schema_version: SCHEMA_VERSION,
    provider,
    model,
    source: source && {
      name: source.name,
      duration: source.durationMs === undefined ? undefined : secondsOf(source.durationMs),
      sample_rate: source.sampleRate,
      channels: source.channels,
    },
  };
}

function errorToJson({ kind, message, details, retryable }: AsrError): object {
  return {
    code: kind,
    message,
    reason: details.reason,
    provider: details.provider,
    vendor_code: details.vendorCode,
    request_id: details.requestId,
    retryable,
    hint: details.hint,
  };
}
