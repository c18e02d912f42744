/** Which programs record from a microphone, and how each is asked to. Pure data. */
import { usageError } from "../../errors.ts";
import type { RawFormat } from "../types.ts";

/** What every recorder is asked for: enough for speech, and taken by all providers. */
export const MICROPHONE_FORMAT = {
  sampleRate: 16_000,
  channels: 1,
  encoding: "s16le",
} as const satisfies RawFormat;

const RATE = String(MICROPHONE_FORMAT.sampleRate);

/** How a recorder is started. */
export interface RecorderCall {
  readonly words: readonly string[];
  /** Set beside the variables that it gets anyhow. */
  readonly variables?: Readonly<Record<string, string>>;
}

export interface Recorder {
  /** As it is looked for in the path. */
  readonly program: string;
  /**
   * Samples of `MICROPHONE_FORMAT`, without a header, to the standard output, until it is stopped.
   *
   * @param device in the recorder's own words; undefined: the machine's default.
   * @throws AsrError kind "usage" where it has no default.
   */
  call(device: string | undefined): RecorderCall;
}

/** arecord(1): an `hw:` device gives its own rate with nothing but a warning, `plughw:` converts. */
const ARECORD: Recorder = {
  program: "arecord",
  call: (device) => ({
    words: [
      ...["-q", "-t", "raw", "-f", "S16_LE", "-r", RATE, "-c", "1"],
      ...(device === undefined ? [] : ["-D", device.replace(/^hw:/, "plughw:")]),
    ],
  }),
};

/** parec(1) of PulseAudio and PipeWire. Without a latency it hands on two seconds at a time. */
const PAREC: Recorder = {
  program: "parec",
  call: (device) => ({
    words: [
      ...["--raw", "--format=s16le", `--rate=${RATE}`, "--channels=1", "--latency-msec=50"],
      ...(device === undefined ? [] : [`--device=${device}`]),
    ],
  }),
};

/** sox(1): the device comes as a variable; a small buffer hands on sooner. */
function soxCall(input: readonly string[], device: string | undefined): RecorderCall {
  const shape = ["-t", "raw", "-r", RATE, "-c", "1", "-b", "16", "-e", "signed-integer", "-L"];
  return {
    words: ["-q", "--buffer", "2048", ...input, ...shape, "-"],
    ...(device === undefined ? {} : { variables: { AUDIODEV: device } }),
  };
}

const REC: Recorder = { program: "rec", call: (device) => soxCall([], device) };
const SOX: Recorder = { program: "sox", call: (device) => soxCall(["-d"], device) };

/** ffmpeg-devices(1). */
function ffmpeg(input: (device: string | undefined) => readonly string[]): Recorder {
  return {
    program: "ffmpeg",
    call: (device) => ({
      words: [
        ...["-hide_banner", "-loglevel", "error", "-nostdin"],
        ...input(device),
        ...["-ac", "1", "-ar", RATE, "-c:a", "pcm_s16le"],
        ...["-f", "s16le", "-flush_packets", "1", "pipe:1"],
      ],
    }),
  };
}

const ALSA = ffmpeg((device = "default") => ["-f", "alsa", "-i", device]);
const AVFOUNDATION = ffmpeg((device = "default") => ["-f", "avfoundation", "-i", `:${device}`]);
const DSHOW = ffmpeg((device) => {
  if (device === undefined) {
    throw usageError(
      "on Windows --mic needs the name of the microphone",
      "ffmpeg -list_devices true -f dshow -i dummy shows the names; then --mic NAME",
      "ffmpeg knows no default there",
    );
  }
  return ["-f", "dshow", "-audio_buffer_size", "50", "-i", `audio=${device}`];
});

interface Platform {
  /** In the order in which they are looked for. */
  readonly recorders: readonly Recorder[];
  readonly install: string;
}

const LINUX: Platform = {
  recorders: [ARECORD, PAREC, REC, SOX, ALSA],
  install: "apt install alsa-utils (arecord), pulseaudio-utils (parec), sox or ffmpeg",
};
const MACOS: Platform = {
  recorders: [REC, SOX, AVFOUNDATION],
  install: "brew install sox, or brew install ffmpeg",
};
const WINDOWS: Platform = { recorders: [DSHOW], install: "winget install ffmpeg" };

/** What records on a platform, and what to install where nothing does. */
export function recordersOf(platform: NodeJS.Platform): Platform {
  if (platform === "darwin") return MACOS;
  return platform === "win32" ? WINDOWS : LINUX;
}
