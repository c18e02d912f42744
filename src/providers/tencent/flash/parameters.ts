/**
 * Parameters of Tencent flash (document, 3.2; what is from elsewhere says so). The defaults are the
 * vendor's: a parameter that nobody sets is not sent, except those that follow from the job.
 */
import { z } from "zod";
import { hotwordListProblem } from "../hotwords.ts";

const toggle = z.int().min(0).max(1);
const level = z.int().min(0).max(2);

export const flashParameters = z.strictObject({
  engine_type: z
    .string()
    .regex(/^(?:8k|16k)_\w[\w-]*$/)
    .optional()
    .meta({ description: "engine, such as 16k_zh; default: by --language and the audio's rate" }),
  voice_format: z
    .enum(["wav", "pcm", "ogg-opus", "speex", "silk", "mp3", "m4a", "aac", "amr"])
    .optional()
    .meta({ description: "what the audio is sent as; default: by its content" }),
  speaker_diarization: toggle.optional().meta({
    description: "1: tell speakers apart (Mandarin engines); default: 1 with --speakers, else 0",
  }),
  hotword_id: z
    .string()
    .optional()
    .meta({ description: "id of a hotword table; without it the account's default table counts" }),
  reinforce_hotword: toggle.optional().meta({
    description: "1: put the hotword wherever something sounds like it (8k_zh and 16k_zh)",
    default: 0,
  }),
  customization_id: z
    .string()
    .optional()
    .meta({ description: "id of a language model trained by the account" }),
  filter_dirty: level.optional().meta({
    description: "swear words (Mandarin engines): 0 keep, 1 leave out, 2 replace by *",
    default: 0,
  }),
  filter_modal: level.optional().meta({
    description: "filler words (Mandarin engines): 0 keep, 1 leave out some, 2 leave out all",
    default: 0,
  }),
  filter_punc: level.optional().meta({
    description: "punctuation (Mandarin engines): 0 keep, 1 none at the end of sentences, 2 none",
    default: 0,
  }),
  convert_num_mode: toggle.optional().meta({
    description: "numbers: 0 in Chinese characters, 1 in Arabic digits where it makes sense",
    default: 1,
  }),
  word_info: z
    .int()
    .min(0)
    .max(3)
    .optional()
    .meta({
      description:
        "word times: 0 none, 1 words, 2 also punctuation, 3 for subtitles (sentences cut at " +
        "punctuation); default: 3 for subtitles, 2 with --words",
      default: 0,
    }),
  first_channel_only: toggle.optional().meta({
    description:
      "0: recognise every channel (billed as channels × duration), 1: the first; default: 0 with " +
      "--channels all, else 1",
  }),
  sentence_max_length: z
    .int()
    .min(0)
    .max(40)
    .refine((length) => length === 0 || length >= 6, { error: "must be 0, or from 6 to 40" })
    .optional()
    .meta({ description: "most characters of a sentence: 6 to 40, or 0 for any", default: 0 }),
  hotword_list: z
    .string()
    .refine((list) => hotwordListProblem(list) === undefined, {
      error: (issue) => hotwordListProblem(String(issue.input)) ?? "is not a hotword list",
    })
    .optional()
    .meta({
      description:
        "WORD|WEIGHT,…: at most 128 words of 30 characters (10 Chinese), weights 1 to 11 or 100; " +
        "goes before hotword_id; default: from --hotword",
    }),
  input_sample_rate: z
    .literal(8000)
    .optional()
    .meta({ description: "rate in Hz of pcm for a 16k engine: 8000 only (newer document)" }),
  replace_text_id: z
    .string()
    .optional()
    .meta({ description: "id of a table of texts to replace (official SDK)" }),
  extra_punc: toggle
    .optional()
    .meta({ description: "0 or 1; not explained, in the document's signing example only (3.5)" }),
  noisedetection: toggle
    .optional()
    .meta({ description: "0 or 1; not explained, in the document's signing example only (3.5)" }),
});
