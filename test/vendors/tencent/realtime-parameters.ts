/** Parameters of Tencent realtime over HTTP (its document; FACTS, "Tencent realtime over HTTP"). */
import {
  anyText,
  integer,
  matching,
  oneOf,
  type ParameterTable,
  someText,
  tableProblems,
} from "../server/checks.ts";
import { Refusal } from "../server/exchange.ts";
import { type Charset, RESULT_TEXT_FORMATS } from "./charset.ts";

const INVALID = 102;
const UNKNOWN_TEMPLATE = 105;
const DISABLED_TEMPLATE = 106;

const REALTIME_PARAMETERS: ParameterTable = {
  projectid: { check: matching(/^\d{1,1024}$/, "a number of at most 1024 bytes") },
  template_name: { check: anyText },
  sub_service_type: { check: oneOf("0", "1") },
  engine_model_type: { check: oneOf("8k_0", "16k_0", "16k_en") },
  result_text_format: { check: integer(0, 3) },
  res_type: { check: oneOf("0", "1") },
  voice_format: { check: oneOf("1", "4", "6") },
  secretid: { required: true, check: someText },
  timestamp: { required: true, check: integer(1, 99_999_999_999) },
  expired: { required: true, check: integer(1, 99_999_999_999) },
  nonce: { required: true, check: integer(1, 9_999_999_999) },
  seq: { required: true, check: integer(0, 2 ** 31 - 1) },
  end: { required: true, check: oneOf("0", "1") },
  source: { required: true, check: oneOf("0") },
  voice_id: { required: true, check: matching(/^[\x21-\x7e]{16}$/, "16 characters") },
  timeout: { required: true, check: integer(1, 2 ** 31 - 1) },
  // Newer document.
  needvad: { check: oneOf("0", "1") },
};

/** What a template stands for; "disabled" answers 106. */
export type Template = "disabled" | TemplateFields;

interface TemplateFields {
  readonly sub_service_type: string;
  readonly engine_model_type: string;
  readonly result_text_format: string;
  readonly res_type: string;
}

/** What the parameters ask for, a template's own already put in. */
export interface RealtimeRequest {
  readonly voiceId: string;
  readonly seq: number;
  readonly isEnd: boolean;
  readonly sampleRate: number;
  readonly charset: Charset;
  /** `res_type=1`: only the last slice is answered with text. */
  readonly onlyLast: boolean;
  readonly needVad: boolean;
  /** "1" wav(pcm), "4" speex, "6" silk. */
  readonly voiceFormat: string;
}

const FOUR = ["sub_service_type", "engine_model_type", "result_text_format", "res_type"] as const;
const NINETY_DAYS_SECONDS = 90 * 24 * 60 * 60;

/** Everything wrong with the parameters beyond the signature. */
export function realtimeProblems(
  parameters: Readonly<Record<string, string>>,
  templates: Readonly<Record<string, Template>>,
  extra: ParameterTable,
  nowMs: number,
): Refusal[] {
  const problems = tableProblems({ ...REALTIME_PARAMETERS, ...extra }, parameters).map(
    (text) => new Refusal(INVALID, text),
  );
  const invalid = (text: string) => problems.push(new Refusal(INVALID, text));
  const lifeSeconds = Number(parameters.expired) - Number(parameters.timestamp);
  if (lifeSeconds <= 0) invalid("expired is not after timestamp");
  if (lifeSeconds >= NINETY_DAYS_SECONDS) invalid("expired is 90 days or more after timestamp");
  if (Number(parameters.expired) * 1000 < nowMs) {
    problems.push(new Refusal(107, "the signature has expired"));
  }
  const name = parameters.template_name;
  if (name === undefined || name === "") {
    const missing = FOUR.filter((field) => parameters[field] === undefined);
    if (missing.length > 0) invalid(`neither template_name nor ${missing.join(", ")}`);
  } else if (templates[name] === undefined) {
    problems.push(new Refusal(UNKNOWN_TEMPLATE, `template ${name} does not exist`));
  } else if (templates[name] === "disabled") {
    problems.push(new Refusal(DISABLED_TEMPLATE, `template ${name} is disabled`));
  }
  return problems;
}

/** `template_name` wins over the four parameters (document, URL parameters). */
export function readRealtimeRequest(
  parameters: Readonly<Record<string, string>>,
  templates: Readonly<Record<string, Template>>,
): RealtimeRequest {
  const named = templates[parameters.template_name ?? ""];
  const fields = typeof named === "object" ? { ...parameters, ...named } : parameters;
  return {
    voiceId: parameters.voice_id ?? "",
    seq: Number(parameters.seq),
    isEnd: parameters.end === "1",
    sampleRate: fields.engine_model_type?.startsWith("8k") === true ? 8000 : 16_000,
    charset: RESULT_TEXT_FORMATS[Number(fields.result_text_format ?? 0)] ?? "utf-8",
    onlyLast: fields.res_type === "1",
    needVad: parameters.needvad === "1",
    voiceFormat: parameters.voice_format ?? "4",
  };
}
