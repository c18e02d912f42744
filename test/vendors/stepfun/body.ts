/** The request body of StepFun's SSE recognition, as a strict schema (document, "请求参数"). */
import { z } from "zod";

export const MODELS = [
  "stepaudio-2.5-asr",
  "stepaudio-2-asr-pro",
  // Newer document.
  "stepaudio-3-asr-max",
  // Alias of stepaudio-2.5-asr, kept for older code.
  "step-asr-1.1-stream",
] as const;

/** m4a: newer document. */
const CONTAINERS = ["ogg", "mp3", "wav", "pcm", "m4a"] as const;

const TRANSCRIPTION = z.strictObject({
  language: z.string().min(1).optional(),
  hotwords: z.array(z.string().min(1)).optional(),
  model: z.string().optional(),
  enable_itn: z.boolean().optional(),
  enable_timestamp: z.boolean().optional(),
  // Ignored by the vendor, so that older code goes on working.
  full_rerun_on_commit: z.boolean().optional(),
});

const FORMAT = z.strictObject({
  type: z.enum(CONTAINERS).optional(),
  codec: z.string().min(1).optional(),
  rate: z.int().min(1).optional(),
  bits: z.int().min(1).optional(),
  channel: z.int().min(1).optional(),
});

export const STEPFUN_BODY = z.strictObject({
  audio: z.strictObject({
    data: z.string(),
    input: z.strictObject({
      transcription: TRANSCRIPTION.optional(),
      format: FORMAT.optional(),
    }),
  }),
});

export type StepfunFormat = z.output<typeof FORMAT>;

/** Where the audio is in the body. */
export const AUDIO_PATH = ["audio", "data"];
