/** What the first bytes of files look like, most specific first. */
import { looksLikeText } from "./plain-text.ts";

export interface Signature {
  readonly id: string;
  readonly title: string;
  /** False where headerless audio could begin like that by chance. */
  readonly certain: boolean | ((head: Uint8Array) => boolean);
  /** `text` is `head` with one character a byte. */
  matches(head: Uint8Array, text: string): boolean;
}

function magic(id: string, title: string, pattern: RegExp): Signature {
  return { id, title, certain: true, matches: (_head, text) => pattern.test(text) };
}

/**
 * A text format; behind a byte-order mark or white space it is still one. Samples can look like
 * text only where they stand still: silence in A-law is a row of the letter U.
 */
function textual(id: string, title: string, pattern: RegExp): Signature {
  return {
    id,
    title,
    certain: (head) => new Set(head).size >= 8,
    matches: (head, text) =>
      looksLikeText(head) && pattern.test(text.replace(/^\xef\xbb\xbf/, "").trimStart()),
  };
}

/** Containers and headers by their published magic numbers, then text, then guesses. */
export const SIGNATURES: readonly Signature[] = [
  magic("wav", "a WAV file", /^(?:RIFF|RIFX|RF64|BW64)(?:.{0,7}$|.{4}WAVE)/s),
  magic("avi", "an AVI video", /^RIFF.{4}AVI /s),
  magic("webp", "a WebP picture", /^RIFF.{4}WEBP/s),
  magic("riff", "a RIFF file, but not a WAV one", /^RIF[FX]/),
  magic("w64", "a Sony Wave64 file", /^riff\x2e\x91\xcf\x11/),
  magic("mp3", "an MP3 file", /^ID3[\x02-\x04]/),
  magic("ogg", "an Ogg file", /^OggS/),
  magic("flac", "a FLAC file", /^fLaC/),
  magic("m4a", "an M4A file (AAC or ALAC)", /^.{4}ftypM4[AB]/s),
  magic("mp4", "an MP4 or QuickTime file", /^.{4}(?:ftyp|moov|wide)/s),
  magic("webm", "a WebM file", /^\x1aE\xdf\xa3.{0,60}webm/s),
  magic("mkv", "a Matroska file", /^\x1aE\xdf\xa3/),
  magic("amr", "an AMR file", /^#!AMR/),
  magic("silk", "a SILK file", /^\x02?#!SILK_V3/),
  magic("aiff", "an AIFF file", /^FORM.{4}AIF[FC]/s),
  magic("au", "an AU file", /^(?:\.snd|dns\.)/),
  magic("caf", "a CAF file", /^caff\x00\x01/),
  magic("sphere", "a NIST SPHERE file", /^NIST_1A/),
  magic("wma", "a WMA or ASF file", /^\x30\x26\xb2\x75\x8e\x66\xcf\x11/),
  magic("wavpack", "a WavPack file", /^wvpk/),
  magic("ape", "a Monkey's Audio file", /^MAC /),
  magic("flv", "a Flash video", /^FLV\x01/),
  magic("mpeg", "an MPEG video", /^\x00\x00\x01\xba/),
  magic("realmedia", "a RealMedia file", /^\.RMF\x00\x00/),
  magic("tta", "a True Audio file", /^TTA[12]/),
  magic("midi", "a MIDI file (notes, no sound)", /^MThd\x00\x00\x00\x06/),
  magic("pdf", "a PDF document", /^%PDF-/),
  magic("zip", "a ZIP archive (or an Office document)", /^PK(?:\x03\x04|\x05\x06)/),
  magic("gzip", "a gzip archive", /^\x1f\x8b\x08[\x00-\x1f]/),
  magic("bzip2", "a bzip2 archive", /^BZh[1-9]1AY&SY/),
  magic("xz", "an xz archive", /^\xfd7zXZ\x00/),
  magic("7z", "a 7-Zip archive", /^7z\xbc\xaf\x27\x1c/),
  magic("rar", "a RAR archive", /^Rar!\x1a\x07/),
  magic("png", "a PNG picture", /^\x89PNG\r\n\x1a\n/),
  magic("jpeg", "a JPEG picture", /^\xff\xd8\xff[\xc0-\xfe]/),
  magic("gif", "a GIF picture", /^GIF8[79]a/),
  magic("elf", "an ELF program", /^\x7fELF[\x01\x02][\x01\x02]/),
  magic("sqlite", "an SQLite database", /^SQLite format 3\x00/),
  textual("html", "an HTML page", /^<(?:!doctype\s+html|html|head|body)\b/i),
  textual("xml", "an XML document", /^<(?:\?xml\b|[a-z_][\w:.-]*[\s/>])/i),
  textual("json", "a JSON document", /^(?:\{\s*["}]|\[\s*["{[\]\d-])/),
  textual("subtitles", "a subtitle file", /^(?:WEBVTT\b|\d+\r?\n\d\d:\d\d:\d\d,\d{3} -->)/),
  textual("text", "plain text", /^/),
  { id: "aac", title: "an AAC file (ADTS)", certain: false, matches: isAdtsFrame },
  { id: "mp3", title: "an MP3 file", certain: false, matches: isMpegAudioFrame },
];

/** An ADTS header (ISO/IEC 13818-7, 6.2): twelve sync bits, layer 0, a sample rate that exists. */
function isAdtsFrame(head: Uint8Array): boolean {
  const [sync = 0, layer = 0, rate = 0] = head;
  return sync === 0xff && (layer & 0xf6) === 0xf0 && ((rate >> 2) & 15) < 13;
}

/**
 * An MPEG audio frame header (ISO/IEC 11172-3, 2.4.1.3): eleven sync bits, then no reserved
 * version, layer, bit rate or sample rate.
 */
function isMpegAudioFrame(head: Uint8Array): boolean {
  const [sync = 0, version = 0, rates = 0] = head;
  const layer = (version >> 1) & 3;
  return (
    sync === 0xff &&
    (version & 0xe0) === 0xe0 &&
    ((version >> 3) & 3) !== 1 &&
    layer !== 0 &&
    rates >> 4 !== 15 &&
    rates >> 4 !== 0 &&
    ((rates >> 2) & 3) !== 3
  );
}
