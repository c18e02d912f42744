/** The options of one call, checked. */
import { usageError } from "../errors.ts";
import type { Layer } from "../settings/layer.ts";
import { givenLayer, optionPlace, type Place } from "./given-options.ts";
import { isSignal } from "./is-signal.ts";
import type { Hotword, RecognitionOptions, StreamOptions, TranscribeOptions } from "./options.ts";

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
  const { rawFormat = {}, hotwords, formats = ["json"] } = options;
  return new Map([
    ...givenLayer(plain, placesOf(keys)),
    ...givenLayer({ ...rawFormat }, OF_RAW_AUDIO),
    ...givenLayer({ formats, hotwords: written(hotwords) }, OF_LISTS),
  ]);
}

/** By their names here. */
const OF_RAW_AUDIO: ReadonlyMap<string, Place> = new Map([
  ["sampleRate", optionPlace("rate")],
  ["encoding", optionPlace("encoding")],
  ["channels", optionPlace("channelCount")],
]);

const OF_LISTS: ReadonlyMap<string, Place> = new Map([
  ["formats", optionPlace("format")],
  ["hotwords", optionPlace("hotword")],
]);

/** Each as `--hotword` takes it. Programs without types hand over anything: that is left as it is. */
function written(hotwords: RecognitionOptions["hotwords"]): unknown {
  if (!Array.isArray(hotwords)) return hotwords;
  return hotwords.map((word: string | Hotword) => {
    if (typeof word !== "object" || typeof word?.text !== "string") return word;
    return word.weight === undefined ? word.text : `${word.text}:${word.weight}`;
  });
}

/**
 * What is no setting: programs without types hand over anything.
 *
 * @throws AsrError kind "usage"
 */
export function checkCall(options: RecognitionOptions & Pick<StreamOptions, "ending">): void {
  if (typeof options !== "object" || options === null) {
    throw usageError(
      "there are no options",
      'give a provider: { provider: createProvider("stepfun", …) }',
    );
  }
  for (const name of ["signal", "ending"] as const) {
    const signal: unknown = options[name];
    if (signal === undefined || isSignal(signal)) continue;
    throw usageError(`the option ${name} is no AbortSignal`, "give the signal of a controller");
  }
}
