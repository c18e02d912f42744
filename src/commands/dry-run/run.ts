/** `asr transcribe --dry-run`: what would be sent and what it would cost. */

import type { Survey, SurveyRequest } from "../../jobs/survey.ts";
import type { JobsSummary } from "../../jobs/transcribe.ts";
import type { Settings } from "../../settings/load.ts";
import { isColored } from "../../terminal/paint.ts";
import { progressText } from "../../terminal/progress.ts";
import { sanitizeLine } from "../../terminal/sanitize.ts";
import { StageClock } from "../../terminal/stage-clock.ts";
import { priceOf } from "../prices.ts";
import type { World } from "../world.ts";

export interface DryRunRequest extends Omit<SurveyRequest, "listener" | "priceOf"> {
  /** More than one input was named: each failure is told. */
  readonly several: boolean;
}

/** @returns what the inputs came to, for the exit code that a real run would have. */
export async function runDryRun(
  request: DryRunRequest,
  settings: Settings,
  world: World,
): Promise<JobsSummary> {
  const { values } = settings;
  const { several } = request;
  const { surveyInputs } = await import("../../jobs/survey.ts");
  const { console, stdout, stderr, environment } = world;
  const wanted = !values.quiet && values.logFormat === "text";
  const colored = isColored(stderr.isTerminal, environment, values.color);
  const line = wanted ? await world.startProgress("reading", colored) : undefined;
  console.attach(line);
  const total = request.inputs.length;
  const named = (name: string): string | undefined => (several ? name : undefined);
  const clocks = new Map<string, StageClock>();
  const label = (name: string): string =>
    `${total > 1 ? `${begun}/${total} ` : ""}${sanitizeLine(name)}`;
  let begun = 0;
  const survey = await surveyInputs({
    ...request,
    priceOf: (provider) => priceOf(provider.id, settings),
    listener: {
      begun({ name }) {
        begun += 1;
        clocks.set(name, new StageClock(world.now));
        line?.update(label(name));
      },
      stage({ name }, stage, doneMs, totalMs) {
        const elapsedMs = clocks.get(name)?.elapsedMs(stage) ?? 0;
        const length = totalMs === undefined ? {} : { totalMs };
        line?.update(
          progressText({ label: `${label(name)}  ${stage}`, doneMs, ...length, elapsedMs }),
        );
      },
      planned({ name }, { warnings }) {
        clocks.delete(name);
        for (const warning of warnings) console.warning(warning, named(name));
      },
      // One input's failure is the command's own: `main` shows it.
      failed({ name }, error) {
        clocks.delete(name);
        if (several) console.error(error, name === "-" ? undefined : name);
      },
      skipped({ name }, error) {
        clocks.delete(name);
        console.debug(`skipped ${name}: ${error.message}`);
      },
    },
  }).finally(() => {
    console.attach(undefined);
    line?.stop();
  });
  for (const text of await reportOf(survey, values, stdout)) await stdout.write(text);
  return survey.summary;
}

/** In pieces. */
async function reportOf(
  survey: Survey,
  { json }: Settings["values"],
  { isTerminal, columns }: World["stdout"],
): Promise<Iterable<string>> {
  if (json) return (await import("./json.ts")).dryRunJson(survey);
  const { dryRunText } = await import("./text.ts");
  return dryRunText(survey, isTerminal ? columns : 0);
}
