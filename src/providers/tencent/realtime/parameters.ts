/**
 * Parameters of Tencent realtime over HTTP (document, "URL 中各字段含义"). Times and identifiers of a
 * request are the program's own; a signature holds for 24 hours.
 */
import { z } from "zod";
import {
  LIVE_SLICE_MS,
  MAX_SLICE_BYTES,
  MAX_SLICE_MS,
  MIN_SLICE_MS,
  RECORDING_SLICE_MS,
} from "./limits.ts";

const toggle = z.int().min(0).max(1);

export const realtimeParameters = z.strictObject({
  projectid: z
    .int()
    .min(0)
    .optional()
    .meta({ description: "project at Tencent Cloud; 0 is the default project", default: 0 }),
  template_name: z
    .string()
    .min(1)
    .optional()
    .meta({
      description:
        "template of the account, sent instead of sub_service_type, engine_model_type, " +
        "result_text_format and res_type: the last three then only tell asr what it holds",
    }),
  sub_service_type: toggle
    .optional()
    .meta({ description: "0: transcription of a whole, 1: realtime", default: 1 }),
  engine_model_type: z
    .string()
    .regex(/^(?:8k|16k)_\w[\w-]*$/)
    .optional()
    .meta({
      description:
        "engine: 8k_0, 16k_0 or 16k_en; default: by --language and the rate; with template_name, " +
        "the template's",
    }),
  result_text_format: z.int().min(0).max(3).optional().meta({
    description:
      "encoding of answers: 0 UTF-8, 1 GB2312, 2 GBK, 3 BIG5; with template_name, the template's",
    default: 0,
  }),
  res_type: toggle.optional().meta({
    description:
      "0: text in every answer, 1: in the last alone; with template_name, the template's",
    default: 0,
  }),
  voice_format: z
    .literal([1, 4, 6])
    .optional()
    .meta({ description: "1: wav or pcm, 4: speex, 6: silk; default: by the audio's content" }),
  source: z.literal(0).optional().meta({ description: "0, always", default: 0 }),
  timeout: z
    .int()
    .min(1)
    .max(2 ** 31 - 1)
    .optional()
    .meta({ description: "time-out at the vendor, in milliseconds", default: 5000 }),
  needvad: toggle.optional().meta({
    description:
      "1: the vendor finds sentences and times them, needed for over 60 s; default: 1 for live " +
      "audio and over 55 s, else 0 (newer document)",
  }),
  slice_ms: z
    .int()
    .min(MIN_SLICE_MS)
    .max(MAX_SLICE_MS)
    .optional()
    .meta({
      description:
        "length of a slice in milliseconds, never sent itself; a slice of 16 kHz audio then has " +
        `at most ${MAX_SLICE_BYTES} bytes; default: ${RECORDING_SLICE_MS}, live ${LIVE_SLICE_MS}`,
    }),
});
