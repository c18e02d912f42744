/** What `asr compare` does, loaded once it is clear that something is to be done. */
import { hasAudioName } from "../../audio/audio-name.ts";
import { AsrError, usageError } from "../../errors.ts";
import { jsonText } from "../../formats/json-text.ts";
import { listInputs, STDIN_NAME } from "../../jobs/inputs/inputs.ts";
import { agreements } from "../../scoring/agreement.ts";
import { differenceOf } from "../../scoring/difference.ts";
import { loadNormalizer, stepsNamed } from "../../scoring/normalization/normalizer.ts";
import { keyOf } from "../../scoring/pairing.ts";
import { scoreTexts } from "../../scoring/score.ts";
import type { Settings } from "../../settings/load.ts";
import { loadDifferenceMarks } from "../../terminal/difference.ts";
import { isColored } from "../../terminal/paint.ts";
import { type Item, readItem, sideOf } from "../eval/sides.ts";
import type { World } from "../world.ts";
import { type Heard, hearAll } from "./hear.ts";
import { compareJson } from "./json.ts";
import { type ComparedFile, type Comparison, isHeard } from "./result.ts";
import { compareText } from "./text.ts";

type Normalize = (text: string) => string;

export async function runComparison(
  operands: readonly string[],
  settings: Settings,
  world: World,
): Promise<void> {
  const { values } = settings;
  const providers = providersOf(settings, operands);
  const steps = stepsNamed(values.normalize);
  const { workingFolder, signal } = world;
  const { inputs } = await listInputs(operands, { workingFolder, outputFolder: undefined, signal });
  const normalize = await loadNormalizer(steps);
  const said = await referenceTexts(inputs, values.reference, world);
  const heard = await hearAll(inputs, providers, settings, world);
  if (heard.length === 0) {
    throw usageError("nothing to do: none of the files is audio", "name a recording");
  }
  const files = heard.map((one) => {
    const reference = said.get(one.recording);
    return comparedFile(one, reference && normalize(reference), normalize);
  });
  const texts = files.map(({ hearings }) => {
    return new Map(
      hearings.filter(isHeard).map(({ provider, text }) => [provider, normalize(text)]),
    );
  });
  const comparison = {
    providers,
    normalization: steps,
    files,
    agreements: agreements(providers, texts),
  };
  await world.stdout.write(await reportOf(comparison, settings, world));
  throwFailures(files);
}

/** @throws AsrError kind "usage" where there is nothing to compare. */
function providersOf({ values }: Settings, operands: readonly string[]): readonly string[] {
  const { providers } = values;
  if (providers.length < 2) {
    throw usageError(
      "two providers are needed to compare",
      "name them: --providers tencent-flash,stepfun",
    );
  }
  if (operands.includes(STDIN_NAME)) {
    throw usageError("stdin can be heard only once", "name a file: each provider reads it");
  }
  return providers;
}

/**
 * What was said in the recordings, read before anything is sent: the one reference there is, or
 * each of its name.
 */
async function referenceTexts(
  recordings: readonly Item[],
  reference: string | undefined,
  world: World,
): Promise<ReadonlyMap<Item, string>> {
  const texts = new Map<Item, string>();
  if (reference === undefined) return texts;
  const { items, isOne } = await sideOf([reference], "none", world);
  const byName = new Map(items.map((item) => [keyOf(item, hasAudioName), item] as const));
  for (const recording of recordings) {
    const item = isOne ? items[0] : byName.get(keyOf(recording, hasAudioName));
    if (item !== undefined) texts.set(recording, await readItem(item, world));
  }
  const missing = recordings.filter((recording) => !texts.has(recording));
  if (missing.length > 0) {
    const names = missing.map(({ name }) => name).join(", ");
    world.console.warning({ code: "no-reference", message: `no reference for ${names}` });
  }
  return texts;
}

function comparedFile(
  { recording, durationMs, hearings }: Heard,
  reference: string | undefined,
  normalize: Normalize,
): ComparedFile {
  const heard = hearings.filter(isHeard);
  const [first] = heard;
  const base = reference ?? normalize(first?.text ?? "");
  const against = reference === undefined ? first?.provider : "reference";
  const others = reference === undefined ? heard.slice(1) : heard;
  return {
    name: recording.name,
    ...(durationMs === undefined ? {} : { durationMs }),
    hearings: hearings.map((hearing) =>
      reference === undefined || !isHeard(hearing)
        ? hearing
        : { ...hearing, scores: scoreTexts({ reference, hypothesis: normalize(hearing.text) }) },
    ),
    ...(against === undefined ? {} : { against }),
    differences: others.map(({ provider, text }) => ({
      provider,
      runs: differenceOf({ reference: base, hypothesis: normalize(text) }),
    })),
  };
}

async function reportOf(
  comparison: Comparison,
  { values }: Settings,
  { stdout, environment }: World,
): Promise<string> {
  if (values.json) return jsonText(compareJson(comparison), 2);
  // Into a pipe the result has no colours, whatever is said of stderr.
  const colored = stdout.isTerminal && isColored(true, environment, values.color);
  return compareText(comparison, await loadDifferenceMarks(colored));
}

function throwFailures(files: readonly ComparedFile[]): void {
  const hearings = files.flatMap((file) => file.hearings);
  const failed = hearings.filter((hearing) => !isHeard(hearing));
  if (failed.length === 0) return;
  throw new AsrError("several", `${failed.length} of ${hearings.length} recognitions failed`, {
    hint: "each is named above with its reason",
  });
}
