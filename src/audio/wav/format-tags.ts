/**
 * The sample formats of WAV that are not decoded here, by name, for messages. Numbers from
 * Microsoft's mmreg.h and RFC 2361, appendix A.
 */
const FORMAT_NAMES: Readonly<Record<number, string>> = {
  0: "an unknown format (tag 0)",
  2: "Microsoft ADPCM",
  5: "IBM CVSD",
  16: "OKI ADPCM",
  17: "IMA ADPCM",
  20: "G.723 ADPCM",
  34: "TrueSpeech",
  49: "GSM 6.10",
  64: "G.721 ADPCM",
  66: "G.723.1",
  69: "G.726 ADPCM",
  80: "MPEG audio",
  85: "MP3",
  87: "AMR narrow band",
  88: "AMR wide band",
  100: "G.726 ADPCM",
  101: "G.722",
  131: "G.729",
  146: "Dolby AC-3",
  255: "AAC",
  353: "Windows Media Audio 2",
  354: "Windows Media Audio Pro",
  355: "Windows Media Audio Lossless",
  5632: "AAC (ADTS)",
  5648: "HE-AAC",
  8192: "Dolby AC-3",
  26447: "Vorbis",
  28751: "Opus",
  41225: "Speex",
  61868: "FLAC",
};

/** Whether a format is one that somebody has a decoder for; else the header is damaged as likely. */
export function isKnownFormatTag(tag: number): boolean {
  return tag !== 0 && FORMAT_NAMES[tag] !== undefined;
}

/** "IMA ADPCM (format tag 0x0011)". */
export function describeFormatTag(tag: number): string {
  const number = `0x${tag.toString(16).padStart(4, "0")}`;
  const name = FORMAT_NAMES[tag];
  return name === undefined ? `format tag ${number}` : `${name} (format tag ${number})`;
}
