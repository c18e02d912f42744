/**
 * Which of ffmpeg's demuxers reads what. One is always named: left to guess, ffmpeg takes a text
 * file for a playlist and opens what that names.
 */
/** By the content's id, as `sniff` names it (ffmpeg-formats(1), "Demuxers"). */
const DEMUXERS: Readonly<Record<string, string>> = {
  wav: "wav",
  w64: "w64",
  avi: "avi",
  mp3: "mp3",
  aac: "aac",
  m4a: "mov",
  mp4: "mov",
  ogg: "ogg",
  flac: "flac",
  webm: "matroska",
  mkv: "matroska",
  amr: "amr",
  aiff: "aiff",
  au: "au",
  caf: "caf",
  sphere: "nistsphere",
  wma: "asf",
  wavpack: "wv",
  ape: "ape",
  flv: "flv",
  mpeg: "mpeg",
  realmedia: "rm",
  tta: "tta",
};

/** Recognised here, and read by ffmpeg alone. */
const FOREIGN = new Set(
  "w64 avi aiff au caf sphere wma wavpack ape flv mpeg realmedia tta".split(" "),
);

/** Whether only ffmpeg reads a content, as `sniff` names it. */
export function isForeign(contentId: string): boolean {
  return FOREIGN.has(contentId);
}

/** Undefined where ffmpeg has none (SILK), or for what is no recording. */
export function demuxerOf(contentId: string): string | undefined {
  return Object.hasOwn(DEMUXERS, contentId) ? DEMUXERS[contentId] : undefined;
}
