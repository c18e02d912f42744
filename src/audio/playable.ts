/** What browsers play, by container and encoding. */
import type { AudioFacts, Codec, Container, Encoding } from "./types.ts";

interface Playable {
  readonly mediaType: string;
  readonly encodings: readonly (Encoding | Codec)[];
}

/**
 * What Chromium, Firefox and Safari have in common (MDN, "Media container formats" and "Web audio
 * codec guide"). Not there: WAV with other samples, RF64, headerless audio, Matroska, AMR, SILK, Speex.
 */
const PLAYABLE: Readonly<Partial<Record<Container, Playable>>> = {
  wav: { mediaType: "audio/wav", encodings: ["u8", "s16le", "s24le", "f32le"] },
  mp3: { mediaType: "audio/mpeg", encodings: ["mp3"] },
  m4a: { mediaType: "audio/mp4", encodings: ["aac", "flac"] },
  mp4: { mediaType: "video/mp4", encodings: ["aac", "mp3", "flac"] },
  aac: { mediaType: "audio/aac", encodings: ["aac"] },
  ogg: { mediaType: "audio/ogg", encodings: ["opus", "vorbis", "flac"] },
  flac: { mediaType: "audio/flac", encodings: ["flac"] },
  webm: { mediaType: "video/webm", encodings: ["opus", "vorbis"] },
};

/** The media type of a recording as it lies there; undefined where browsers don't play it. */
export function playableTypeOf({
  container,
  encoding,
  trackIndex = 0,
}: Pick<AudioFacts, "container" | "encoding" | "trackIndex">): string | undefined {
  const playable = PLAYABLE[container];
  // A player takes the first track, whichever was recognised.
  return trackIndex === 0 && playable?.encodings.includes(encoding)
    ? playable.mediaType
    : undefined;
}
