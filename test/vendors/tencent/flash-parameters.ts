/** Parameters of Tencent flash (document 3.2; FACTS, "Tencent flash"). */
import {
  anyText,
  either,
  integer,
  matching,
  oneOf,
  type ParameterTable,
  someText,
} from "../server/checks.ts";
import { hotwordListProblem } from "./hotwords.ts";

const SWITCH = oneOf("0", "1");

/** Engines are checked for their shape: the lists grow faster than documents (FACTS). */
const ENGINE = matching(/^(8k|16k)_[A-Za-z]\w*(-\w+)*$/, "an engine like 16k_zh");

export const FLASH_PARAMETERS: ParameterTable = {
  secretid: { required: true, check: someText },
  engine_type: { required: true, check: ENGINE },
  voice_format: {
    required: true,
    check: oneOf("wav", "pcm", "ogg-opus", "speex", "silk", "mp3", "m4a", "aac", "amr"),
  },
  timestamp: { required: true, check: integer(1, 99_999_999_999) },
  speaker_diarization: { check: SWITCH },
  hotword_id: { check: anyText },
  reinforce_hotword: { check: SWITCH },
  customization_id: { check: anyText },
  filter_dirty: { check: integer(0, 2) },
  filter_modal: { check: integer(0, 2) },
  filter_punc: { check: integer(0, 2) },
  convert_num_mode: { check: SWITCH },
  word_info: { check: integer(0, 3) },
  first_channel_only: { check: SWITCH },
  sentence_max_length: { check: either(integer(6, 40), oneOf("0")) },
  hotword_list: { check: hotwordListProblem },
  // Newer document.
  input_sample_rate: { check: oneOf("8000") },
  // Official SDK.
  replace_text_id: { check: anyText },
  // Only in the document's own signing example (3.5).
  extra_punc: { check: SWITCH },
  noisedetection: { check: SWITCH },
};

const MANDARIN_ONLY = ["speaker_diarization", "filter_dirty", "filter_modal", "filter_punc"];
const isSet = (value: string | undefined) => value !== undefined && value !== "0";

/** Values that the vendor takes but that can't do what was asked: noted, not refused. */
export function flashConditions(parameters: Readonly<Record<string, string>>): string[] {
  const engine = parameters.engine_type ?? "";
  const notes: string[] = [];
  for (const name of MANDARIN_ONLY) {
    if (isSet(parameters[name]) && !/^(8k|16k)_zh/.test(engine)) {
      notes.push(`${name} is for Mandarin engines, not ${engine}`);
    }
  }
  const isReplacingEngine = engine === "8k_zh" || engine === "16k_zh";
  if (isSet(parameters.reinforce_hotword) && !isReplacingEngine) {
    notes.push(`reinforce_hotword is for 8k_zh and 16k_zh, not ${engine}`);
  }
  if (/\|100(,|$)/.test(parameters.hotword_list ?? "") && !isReplacingEngine) {
    notes.push(`hotword weight 100 is for 8k_zh and 16k_zh, not ${engine}`);
  }
  if (parameters.input_sample_rate !== undefined && parameters.voice_format !== "pcm") {
    notes.push("input_sample_rate is for pcm only");
  }
  return notes;
}
