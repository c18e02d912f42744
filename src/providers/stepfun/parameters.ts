/**
 * The vendor's own parameters by their leaf names (document, "请求参数"), and one of ours:
 * `step_plan`, which chooses the path. `audio.data` is the program's.
 */
import { z } from "zod";
import { DEFAULT_MODEL, MODEL_ALIAS, MODELS } from "./models.ts";

/** Containers (document, "音频容器格式"; m4a: newer document). */
export const CONTAINERS = ["ogg", "mp3", "wav", "pcm", "m4a"] as const;

const positive = z.int().min(1);

/** Fields of `audio.input.format`. */
const FORMAT = {
  type: z
    .enum(CONTAINERS)
    .optional()
    .meta({ description: "container of the audio; by default what the audio is" }),
  codec: z
    .string()
    .min(1)
    .optional()
    .meta({ description: "encoding; for pcm by default pcm_s16le, for others left out" }),
  rate: positive.optional().meta({
    description: "sample rate in Hz; for pcm by default the audio's, for others left out",
  }),
  bits: positive
    .optional()
    .meta({ description: "bits a sample; for pcm by default 16, for others left out" }),
  channel: positive
    .optional()
    .meta({ description: "channels; for pcm by default the audio's, for others left out" }),
};

export const PARAMETERS = z.strictObject({
  language: z
    .string()
    .min(1)
    .optional()
    .meta({ description: "language as the vendor names it (zh); by default from --language" }),
  hotwords: z
    .array(z.string().min(1))
    .optional()
    .meta({ description: "words to listen for; by default those of --hotword and --hotwords" }),
  model: z
    .enum([...MODELS, MODEL_ALIAS])
    .optional()
    .meta({
      description: "model; step-asr-1.1-stream is an older name of stepaudio-2.5-asr",
      default: DEFAULT_MODEL,
    }),
  enable_itn: z
    .boolean()
    .optional()
    .meta({ description: "write numbers, dates and units as figures", default: true }),
  enable_timestamp: z
    .boolean()
    .optional()
    .meta({ description: "times of the text; by default true unless only txt is written" }),
  full_rerun_on_commit: z
    .boolean()
    .optional()
    .meta({ description: "no longer supported by the vendor: taken with a warning, not sent" }),
  step_plan: z
    .boolean()
    .optional()
    .meta({ description: "use the address of Step Plan keys (/step_plan/v1/…)", default: false }),
  ...FORMAT,
});

export type StepfunParameters = z.output<typeof PARAMETERS>;

export const FORMAT_NAMES: readonly string[] = Object.keys(FORMAT);
