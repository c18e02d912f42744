import { singleLine } from "../transcript/text.ts";
import type { Segment } from "../transcript/transcript.ts";
import type { TranscriptFormat } from "./format.ts";

const COLUMNS = ["start", "end", "text", "speaker", "channel"];

/** The columns of whisper's TSV (milliseconds), then speaker and channel, empty where unknown. */
export const tsv: TranscriptFormat = {
  name: "tsv",
  extension: "tsv",
  title: "Tab-separated values",
  help: "start, end (in ms), text, speaker and channel of each segment",
  open: () => ({
    write(event) {
      if (event.type === "start") return row(COLUMNS);
      return event.type === "final" ? row(fields(event.segment)) : "";
    },
  }),
};

function fields({ startMs, endMs, text, speaker, channel }: Segment): string[] {
  return [
    String(startMs),
    String(endMs),
    singleLine(text),
    singleLine(speaker ?? ""),
    channel === undefined ? "" : String(channel),
  ];
}

function row(values: readonly string[]): string {
  return `${values.join("\t")}\n`;
}
