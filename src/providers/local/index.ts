/** The `local` provider: Whisper on this machine, without account or network. */
import { z } from "zod";
import { AsrError } from "../../errors.ts";
import type { Warning } from "../../transcript/transcript.ts";
import type { AudioInput, Provider, RecognitionSettings } from "../contract.ts";
import { chooseLanguage, LANGUAGES } from "./languages.ts";
import { checkModelName, isModelFolder, locateModel, locateRuntime, MODEL_NAMES } from "./model.ts";
import { SAMPLE_RATE } from "./whisper-input.ts";
import { recogniseInWorker } from "./worker-client.ts";

const [DEFAULT_MODEL = "base"] = MODEL_NAMES;

function modelOf({ model = DEFAULT_MODEL }: RecognitionSettings): string {
  return model;
}

/** What was asked and Whisper lacks. */
function lacking(settings: RecognitionSettings): Warning[] {
  const unchecked = Object.keys(settings.uncheckedParameters);
  const features = [
    ["words", settings.words, "gives no word times; --words is ignored"],
    ["speakers", settings.speakers, "tells no speakers apart; --speakers is ignored"],
    ["hotwords", settings.hotwords.length > 0, "takes no hotwords; they are ignored"],
    ["parameters", unchecked.length > 0, `takes no parameters; ignored: ${unchecked.join(", ")}`],
  ] as const;
  return features
    .filter(([, asked]) => asked)
    .map(([feature, , what]) => ({
      code: `unsupported-${feature}`,
      message: `the local recogniser ${what}`,
    }));
}

/** The planner converts to what is accepted; anything else is its fault. */
function checkAudio({ container, encoding, sampleRate, channels }: AudioInput): void {
  const accepted =
    container === "pcm" && encoding === "f32le" && sampleRate === SAMPLE_RATE && channels === 1;
  if (accepted) return;
  throw new AsrError("internal", "the local recogniser was given audio that it does not take", {
    reason: `${container} ${encoding}, ${sampleRate} Hz, ${channels} channels`,
  });
}

export const local: Provider = {
  id: "local",
  vendor: "local",
  title: "Whisper on this machine: no account, no network",
  documentation: "https://github.com/openai/whisper",
  credentials: [],
  capabilities: {
    accepts: [
      { container: "pcm", encodings: ["f32le"], sampleRates: [SAMPLE_RATE], maxChannels: 1 },
    ],
    limits: { maxConcurrency: 1 },
    gives: {
      partials: false,
      segmentTimes: true,
      wordTimes: false,
      speakers: false,
      channels: false,
      hotwords: false,
    },
    languages: ["auto", ...LANGUAGES],
    models: MODEL_NAMES,
    remote: false,
  },
  parameters: z.strictObject({}),

  /** Looks at the disk in one case: whether a model of an unknown name is a folder. */
  resolve(settings) {
    const model = modelOf(settings);
    checkModelName(model);
    chooseLanguage(settings.language, isModelFolder(model));
    return { model, sampleRate: SAMPLE_RATE, warnings: lacking(settings) };
  },

  async prepare(settings) {
    locateRuntime();
    locateModel(modelOf(settings));
  },

  host: () => undefined,
  checks: [],

  async *recognize({ audio, settings }, context) {
    checkAudio(audio);
    locateRuntime();
    const model = locateModel(modelOf(settings));
    const choice = chooseLanguage(settings.language, model.checksums === undefined);
    context.log(`recognising on this machine with Whisper ${model.name} (${model.path})`);
    const { raw, languageBefore } = settings;
    const options = { choice, raw, languageBefore };
    yield* recogniseInWorker(model, options, (signal) => audio.open(signal), context.signal);
  },
};
