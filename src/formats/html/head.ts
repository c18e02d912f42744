/** The head of a report: what was recognised, by whom, and what to know of it. */
import type { Transcript } from "../../transcript/transcript.ts";
import { escapeHtml } from "./escape.ts";
import type { Report } from "./report.ts";
import { shortTime } from "./short-time.ts";

export function headOf(title: string, transcript: Transcript, report: Report): string {
  const facts = factsOf(transcript, report).map(
    ([name, value]) => `<div><dt>${name}</dt><dd>${escapeHtml(value)}</dd></div>`,
  );
  const warnings = transcript.warnings.map(
    ({ message }) => `<li dir="auto">${escapeHtml(message)}</li>`,
  );
  const list =
    warnings.length === 0
      ? ""
      : `<ul class="warnings" aria-label="Warnings">\n${warnings.join("\n")}\n</ul>\n`;
  return `<header>
<h1 dir="auto">${escapeHtml(title)}</h1>
<dl class="facts">
${facts.join("\n")}
</dl>
${list}</header>
`;
}

function factsOf(
  { provider, model, language, source }: Transcript,
  { durationMs, speakers, style, cues, segments }: Report,
): (readonly [name: string, value: string])[] {
  const notes = segments.flatMap((segment) => segment.notes ?? []);
  const hard = notes.filter(({ severity }) => severity === "hard").length;
  const faults =
    notes.length === 0 ? "none breaks a rule" : `${hard} hard, ${notes.length - hard} soft marks`;
  const count = cues.length / 2;
  return [
    ["Length", shortTime(durationMs, durationMs)],
    ...(language === undefined ? [] : [["Language", languageName(language)] as const]),
    ...(speakers.length === 0 ? [] : [["Speakers", String(speakers.length)] as const]),
    ["Recogniser", model === undefined ? provider : `${provider}, ${model}`],
    ["Subtitles", `${style.id}: ${count === 1 ? "1 cue" : `${count} cues`}, ${faults}`],
    ...(source === undefined
      ? []
      : [["Recording", `${source.sampleRate} Hz, ${channelsText(source.channels)}`] as const]),
  ];
}

function channelsText(channels: number): string {
  return channels === 1 ? "1 channel" : `${channels} channels`;
}

/** "Chinese (zh)"; the tag alone where it is none that is known. */
function languageName(tag: string): string {
  try {
    const name = new Intl.DisplayNames(["en"], { type: "language", fallback: "none" }).of(tag);
    return name === undefined ? tag : `${name} (${tag})`;
  } catch (error) {
    // No tag at all: what a file said is shown as it is.
    if (error instanceof RangeError) return tag;
    throw error;
  }
}
