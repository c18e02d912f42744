/**
 * Names that other rooms own and options offer. They stand here as data because `asr --help`
 * must not load those rooms; a test compares them with their owners.
 */

/** Transcript formats, as the table of `src/formats` names them. */
export const FORMAT_NAMES = [
  "txt",
  "srt",
  "vtt",
  "json",
  "jsonl",
  "tsv",
  "lrc",
  "ass",
  "html",
] as const;

/** Subtitle styles, as their own table names them. */
export const STYLE_NAMES = ["netflix-zh", "netflix-en", "bbc", "plain"] as const;

/** Scripts that Chinese is converted to, as the room of Chinese names them. */
export const CHINESE_SCRIPTS = ["simplified", "traditional", "taiwan", "hongkong"] as const;

/** Sample encodings, as the audio room and ffmpeg name them. */
export const ENCODING_NAMES = [
  "u8",
  "s16le",
  "s16be",
  "s24le",
  "s32le",
  "f32le",
  "f64le",
  "alaw",
  "mulaw",
] as const;

/** What `--normalize` takes: steps of `src/scoring`, all, none, or all those so far but one. */
export const STEP_WORDS = [
  "all",
  "none",
  "nfkc",
  "width",
  "case",
  "script",
  "numerals",
  "punctuation",
  "whitespace",
  "no-nfkc",
  "no-width",
  "no-case",
  "no-script",
  "no-numerals",
  "no-punctuation",
  "no-whitespace",
] as const;
