/**
 * What Tencent flash takes without complaint and does not do (document, 3.2): each row is a
 * warning, which `--strict` makes an error.
 */
import type { Warning } from "../../../transcript/transcript.ts";
import { REPLACING_WEIGHT } from "../hotwords.ts";
import type { Query } from "../signature.ts";
import { MANDARIN_ENGINES, REPLACING_ENGINES } from "./engines.ts";

interface Condition {
  /** Code of the warning. */
  readonly code: string;
  /** Whether the parameters ask for it. */
  readonly asked: (query: Query) => boolean;
  /** Whether they, and the rest, make it happen. */
  readonly met: (query: Query) => boolean;
  /** To be read after "Tencent flash". */
  readonly message: string;
}

const isOn = (name: string) => (query: Query) => (query[name] ?? "0") !== "0";
const engineIs = (engines: RegExp) => (query: Query) => engines.test(query.engine_type ?? "");

/** For parameters that need a Mandarin engine. */
function mandarinOnly(name: string, code: string, feature: string): Condition {
  return {
    code,
    asked: isOn(name),
    met: engineIs(MANDARIN_ENGINES),
    message: `${feature} with Mandarin engines only (${name})`,
  };
}

const FLASH_CONDITIONS: readonly Condition[] = [
  mandarinOnly("speaker_diarization", "unsupported-speakers", "tells speakers apart"),
  mandarinOnly("filter_dirty", "unsupported-filter-dirty", "filters swear words"),
  mandarinOnly("filter_modal", "unsupported-filter-modal", "filters filler words"),
  mandarinOnly("filter_punc", "unsupported-filter-punc", "filters punctuation"),
  {
    code: "unsupported-reinforce-hotword",
    asked: isOn("reinforce_hotword"),
    met: engineIs(REPLACING_ENGINES),
    message: "reinforces hotwords with 8k_zh and 16k_zh only (reinforce_hotword)",
  },
  {
    code: "unsupported-hotword-weight",
    asked: (query) => weights(query).includes(REPLACING_WEIGHT),
    met: engineIs(REPLACING_ENGINES),
    message: `takes the hotword weight ${REPLACING_WEIGHT} with 8k_zh and 16k_zh only`,
  },
  {
    code: "unsupported-input-sample-rate",
    asked: (query) => query.input_sample_rate !== undefined,
    met: (query) => query.voice_format === "pcm" && engineIs(/^16k_/)(query),
    message: "takes input_sample_rate for pcm and 16k engines only",
  },
  {
    code: "ignored-hotword-id",
    asked: (query) => (query.hotword_id ?? "") !== "",
    met: (query) => (query.hotword_list ?? "") === "",
    message: "ignores hotword_id where hotwords are sent along",
  },
];

/** A warning for each condition that a query does not meet. */
export function unmetConditions(query: Query): Warning[] {
  return FLASH_CONDITIONS.filter(({ asked, met }) => asked(query) && !met(query)).map(
    ({ code, message }) => ({ code, message: `Tencent flash ${message}` }),
  );
}

function weights({ hotword_list: list = "" }: Query): number[] {
  return list.split(",").map((entry) => Number(entry.split("|")[1]));
}
