/** From the program's settings to the vendor's: pure, before anything is sent. */
import { usageError } from "../../errors.ts";
import type { Warning } from "../../transcript/transcript.ts";
import type { RecognitionSettings, Resolution } from "../contract.ts";
import { languageField } from "./language.ts";
import { DEFAULT_MODEL, MODELS, modelNamed } from "./models.ts";
import { PARAMETERS, type StepfunParameters } from "./parameters.ts";
import { uncheckedFields } from "./unchecked.ts";

/** @throws AsrError kind "usage" for a language, model or parameter that can't be had. */
export function resolveSettings(settings: RecognitionSettings): Resolution {
  const parameters = parametersOf(settings);
  const { model } = transcriptionFields(settings, parameters);
  return { model: String(model), warnings: lacking(settings, parameters) };
}

/** @throws AsrError kind "usage" where they are not what the schema asks for. */
export function parametersOf(settings: Pick<RecognitionSettings, "parameters">): StepfunParameters {
  const parsed = PARAMETERS.safeParse(settings.parameters);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const name = issue?.path.join(".") ?? "";
  throw usageError(
    `parameter ${name === "" ? "set" : name}: ${issue?.message ?? "not valid"}`,
    `parameters of stepfun: ${Object.keys(PARAMETERS.shape).join(", ")}`,
  );
}

/**
 * The fields of `audio.input.transcription`. `--set-unchecked` beats `--set`, which beats the
 * program's own options; what is neither asked for nor needed is left to the vendor.
 */
export function transcriptionFields(
  settings: RecognitionSettings,
  parameters: StepfunParameters,
): { readonly model: unknown } & Readonly<Record<string, unknown>> {
  const { transcription: unchecked } = uncheckedFields(settings.uncheckedParameters);
  const language = parameters.language ?? languageField(settings.language);
  const hotwords = parameters.hotwords ?? settings.hotwords.map((hotword) => hotword.text);
  const { enable_itn: itn, enable_timestamp: timestamp = settings.timesWanted } = parameters;
  return {
    ...(language === undefined ? {} : { language }),
    ...(hotwords.length === 0 ? {} : { hotwords }),
    model: unchecked.model ?? knownModel(parameters.model ?? settings.model ?? DEFAULT_MODEL),
    ...(itn === undefined ? {} : { enable_itn: itn }),
    enable_timestamp: timestamp,
    ...unchecked,
  };
}

function knownModel(name: string): string {
  const model = modelNamed(name);
  if (model !== undefined) return model;
  throw usageError(
    `stepfun has no model "${name}"`,
    `choose one of: ${MODELS.join(", ")}; --set-unchecked model=${name} sends it anyway`,
  );
}

function lacking(settings: RecognitionSettings, parameters: StepfunParameters): Warning[] {
  const weighted =
    parameters.hotwords === undefined &&
    settings.hotwords.some((hotword) => hotword.weight !== undefined);
  const rerun = parameters.full_rerun_on_commit !== undefined;
  const rows: readonly [wanted: boolean, code: string, message: string][] = [
    [settings.words, "unsupported-words", "stepfun gives no word times (--words)"],
    [
      settings.speakers,
      "unsupported-speakers",
      "stepfun does not tell speakers apart (--speakers)",
    ],
    [weighted, "unsupported-hotword-weights", "stepfun's hotwords have no weights"],
    [
      rerun,
      "ignored-full-rerun-on-commit",
      "StepFun no longer supports full_rerun_on_commit over SSE and ignores it",
    ],
  ];
  return rows.filter(([wanted]) => wanted).map(([, code, message]) => ({ code, message }));
}
