import { singleLine } from "../../transcript/text.ts";
import type { Segment } from "../../transcript/transcript.ts";

/** What a voice is called in a page; labels that are only numbers get a word before them. */
export function speakerName({
  speaker,
  channel,
}: Pick<Segment, "speaker" | "channel">): string | undefined {
  const label = singleLine(speaker ?? "");
  if (label === "") return channel === undefined ? undefined : `Channel ${channel}`;
  return /^[\d-]+$/.test(label) ? `Speaker ${label}` : label;
}
