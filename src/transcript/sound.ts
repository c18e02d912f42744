/** The recording of a transcript, for a format that lets one hear it. */

/** How loud it is, over its whole length. */
export interface Waveform {
  /** The loudest sample of each of equally long stretches: 0 silence, 255 full scale. */
  readonly peaks: Uint8Array;
  readonly durationMs: number;
}

export interface EmbeddedSound {
  readonly kind: "embedded";
  /** "audio/mpeg" */
  readonly mediaType: string;
  readonly bytes: Uint8Array;
  /** True where it was decoded, for players that do not read the recording itself. */
  readonly isCopy: boolean;
}

export interface LinkedSound {
  readonly kind: "linked";
  /** A relative URL, percent-encoded, or one of a file on another disk. */
  readonly href: string;
  /** False where no browser plays it. */
  readonly isPlayable: boolean;
}

export interface NoSound {
  readonly kind: "none";
  /** A sentence without its full stop: "the recording came by a pipe and is over 20 MB". */
  readonly reason: string;
}

export interface Sound {
  readonly playback: EmbeddedSound | LinkedSound | NoSound;
  /** Undefined where it could not be decoded. */
  readonly waveform?: Waveform;
}
