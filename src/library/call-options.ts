/** The options of one call, checked. */
import type { Layer } from "../settings/layer.ts";
import { givenLayer, optionPlace, type Place } from "./given-options.ts";
import type { RecognitionOptions, StreamOptions, TranscribeOptions } from "./options.ts";

/** What is no setting: who recognises, and when it ends. */
const APART: ReadonlySet<string> = new Set([
  "provider",
  "signal",
  "ending",
  "name",
  "rawFormat",
  "hotwords",
  "formats",
] satisfies (keyof (RecognitionOptions & StreamOptions))[]);

const SHARED = [
  "language",
  "model",
  "words",
  "set",
  "setUnchecked",
  "strict",
  "raw",
  "chinese",
  "channels",
] as const satisfies readonly (keyof TranscribeOptions & keyof StreamOptions)[];

const OF_RECORDINGS = [
  "speakers",
  "split",
  "segmentSeconds",
  "skipSilence",
] as const satisfies readonly (keyof TranscribeOptions)[];

const OF_STREAMS = [
  "maxSeconds",
  "stopAfterSilence",
] as const satisfies readonly (keyof StreamOptions)[];

function placesOf(keys: readonly string[]): ReadonlyMap<string, Place> {
  return new Map(keys.map((key) => [key, optionPlace(key)]));
}

/** @throws AsrError kind "usage" */
export function recordingLayer(options: TranscribeOptions): Layer {
  return callLayer(options, [...SHARED, ...OF_RECORDINGS]);
}

/** @throws AsrError kind "usage" */
export function streamLayer(options: StreamOptions): Layer {
  return callLayer(options, [...SHARED, ...OF_STREAMS]);
}

function callLayer(options: RecognitionOptions, keys: readonly string[]): Layer {
  const plain = Object.fromEntries(Object.entries(options).filter(([key]) => !APART.has(key)));
  const { sampleRate, encoding, channels } = options.rawFormat ?? {};
  const { hotwords, formats = ["json"] } = options;
  return new Map([
    ...givenLayer(plain, placesOf(keys)),
    ...givenLayer(
      {
        rate: sampleRate,
        encoding,
        channelCount: channels,
        format: formats,
        hotword: hotwords?.map((word) => (typeof word === "string" ? word : written(word))),
      },
      placesOf(["rate", "encoding", "channelCount", "format", "hotword"]),
    ),
  ]);
}

/** As `--hotword` takes it. */
function written({ text, weight }: { readonly text: string; readonly weight?: number }): string {
  return weight === undefined ? text : `${text}:${weight}`;
}
