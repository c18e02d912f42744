/** How subtitles are made, out of the settings: by every command that writes or checks them. */
import { usageError } from "../errors.ts";
import type { FormatOptions, TranscriptFormat } from "../formats/format.ts";
import { canonicalJson } from "../jobs/ledger/canonical-json.ts";
import type { WrittenHotword } from "../settings/hotwords.ts";
import type { Settings } from "../settings/load.ts";
import { STYLE_RULE_OPTIONS } from "../settings/options/subtitles.ts";
import { flagOf } from "../settings/spelling.ts";
import type { CueSettings } from "../subtitles/cue-settings.ts";
import type { StyleOverrides } from "../subtitles/style.ts";
import { styleNamed } from "../subtitles/styles/table.ts";
import { millisecondsOf } from "../transcript/time.ts";
import { SUBTITLE_FORMATS } from "./recognition-settings.ts";
import type { World } from "./world.ts";

type Values = Settings["values"];

/**
 * @throws AsrError kind "usage" for rules of a style that has none, and for those that no cue can
 *   keep.
 */
export function cueSettingsOf(
  { values, sources }: Settings,
  hotwords: readonly WrittenHotword[] = [],
): CueSettings {
  const { style, speakerStyle, minDuration, maxDuration, language } = values;
  const given = STYLE_RULE_OPTIONS.find(({ key }) => sources[key] === "flag");
  if (style === "plain" && given !== undefined) {
    throw usageError(
      `${flagOf(given.key)} and the style plain contradict each other`,
      "leave one of them out: plain shows the vendor's segments as they are",
    );
  }
  if (minDuration !== undefined && maxDuration !== undefined && minDuration > maxDuration) {
    throw usageError(
      `no cue stays ${minDuration} s at least and ${maxDuration} s at most`,
      "lower --min-duration, or raise --max-duration",
    );
  }
  return {
    ...(style === undefined ? {} : { style: styleNamed(style) }),
    ...(style === "plain" ? {} : { overrides: overridesOf(values) }),
    ...(language === "auto" ? {} : { language }),
    speakers: speakerStyle,
    hotwords: hotwords.map(({ text }) => text),
  };
}

function overridesOf(values: Values): StyleOverrides {
  const { maxLine, maxLines, maxCps, minDuration, maxDuration, minGap, linger, fps } = values;
  const { subtitlePunctuation } = values;
  return {
    ...(maxLine === undefined ? {} : { maxLine }),
    ...(maxLines === undefined ? {} : { maxLines }),
    ...(maxCps === undefined ? {} : { maxCps }),
    ...(minDuration === undefined ? {} : { minDurationMs: millisecondsOf(minDuration) }),
    ...(maxDuration === undefined ? {} : { maxDurationMs: millisecondsOf(maxDuration) }),
    ...(minGap === undefined ? {} : { minGapMs: millisecondsOf(minGap) }),
    ...(linger === undefined ? {} : { lingerMs: millisecondsOf(linger) }),
    ...(fps === undefined ? {} : { fps }),
    ...(subtitlePunctuation === undefined ? {} : { punctuation: subtitlePunctuation }),
  };
}

/** A format that writes with these settings, whoever opens it. */
export function withOptions(format: TranscriptFormat, settings: FormatOptions): TranscriptFormat {
  return { ...format, open: (options) => format.open({ ...settings, ...options }) };
}

/** Says on stderr what no subtitle can mend, once, however many formats are written. */
export function subtitleWarner({
  console,
}: Pick<World, "console">): NonNullable<FormatOptions["warn"]> {
  const told = new Set<string>();
  return (warning) => {
    if (told.has(warning.message)) return;
    told.add(warning.message);
    console.warning(warning);
  };
}

/** What of the settings changes the files of a format, beside what is recognised: "" for nothing. */
export function resultVariant(
  format: string,
  { chinese, karaoke, embedAudio }: Values,
  { hotwords: _, ...cues }: CueSettings,
): string {
  const written = SUBTITLE_FORMATS.includes(format) ? { chinese, karaoke, ...cues } : { chinese };
  const linked = format === "html" && !embedAudio ? { embedAudio } : {};
  const changes = canonicalJson({ ...written, ...linked });
  return changes === "[]" ? "" : changes;
}
