/** From the program's settings to the vendor's: pure, before anything is sent. */
import type { z } from "zod";
import { usageError } from "../../errors.ts";
import type { Warning } from "../../transcript/transcript.ts";
import type { RecognitionSettings, Resolution } from "../contract.ts";
import { checkLanguage } from "./language.ts";
import { ENGINE } from "./parameters.ts";
import type { EngineSettings } from "./requests.ts";
import { uncheckedFields } from "./unchecked.ts";

export const SAMPLE_RATE = 16_000;

/**
 * @throws AsrError kind "usage" for a language, model or parameter that can't be had.
 */
export function resolveSettings(
  providerId: string,
  parameters: z.ZodObject,
  settings: RecognitionSettings,
): Resolution {
  const engine = engineSettings(parameters, settings);
  checkLanguage(settings.language, providerId);
  const { model } = settings;
  if (model !== undefined && model !== ENGINE && chosenEngine(engine) === undefined) {
    throw usageError(
      `${providerId} has no model "${model}"`,
      `leave --model out, or use ${ENGINE}; --set-unchecked engine_type=${model} sends it anyway`,
    );
  }
  return {
    model: modelOf(engine),
    sampleRate: SAMPLE_RATE,
    warnings: lacking(providerId, settings),
  };
}

/**
 * The vendor parameters as the schema types them, with those that we do not know.
 *
 * @throws AsrError kind "usage" where they are not what the schema asks for.
 */
export function engineSettings<T extends z.ZodObject>(
  parameters: T,
  settings: Pick<RecognitionSettings, "parameters" | "uncheckedParameters">,
): z.output<T> & { readonly unchecked: Readonly<Record<string, unknown>> } {
  const parsed = parameters.safeParse(settings.parameters);
  if (parsed.success) {
    const knowsMiddleAction = "middle_action" in parameters.shape;
    const unchecked = uncheckedFields(settings.uncheckedParameters, { knowsMiddleAction });
    return { ...parsed.data, unchecked };
  }
  const [issue] = parsed.error.issues;
  const name = issue?.path.join(".") ?? "";
  throw usageError(
    `parameter ${name === "" ? "set" : name}: ${issue?.message ?? "not valid"}`,
    `parameters of this provider: ${Object.keys(parameters.shape).join(", ")}`,
  );
}

/** The engine that a request names. */
export function modelOf(engine: EngineSettings): string {
  return String(chosenEngine(engine) ?? ENGINE);
}

function chosenEngine({ unchecked, engine_type: engineType }: EngineSettings): unknown {
  return unchecked?.engine_type ?? engineType;
}

function lacking(providerId: string, settings: RecognitionSettings): Warning[] {
  const rows: readonly [wanted: boolean, code: string, what: string][] = [
    [settings.speakers, "unsupported-speakers", "does not tell speakers apart (--speakers)"],
    [settings.hotwords.length > 0, "unsupported-hotwords", "takes no hotwords"],
  ];
  return rows
    .filter(([wanted]) => wanted)
    .map(([, code, what]) => ({ code, message: `${providerId} ${what}` }));
}
