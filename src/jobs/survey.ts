/** What a run over many inputs would do and cost. Sends nothing, writes no result. */
import pMap from "p-map";
import { type AsrError, asAsrError, audioError } from "../errors.ts";
import type { Provider } from "../providers/contract.ts";
import { type Estimate, estimate, type Price, type Spending, sumOf, totalOf } from "./estimate.ts";
import { failuresOf } from "./failures.ts";
import { skipped } from "./inputs/audio-content.ts";
import type { Input, SkippedInput } from "./inputs/input.ts";
import { type OnPlanning, type PlannedInput, planInput } from "./plan-input.ts";
import type { PlanRequest } from "./prepared-input.ts";
import type { Recogniser } from "./recogniser.ts";
import { isPassedOver, type JobListener, type JobsSummary } from "./transcribe.ts";

export interface SurveyRequest extends PlanRequest {
  readonly inputs: readonly Input[];
  readonly skipped: readonly SkippedInput[];
  readonly priceOf: (provider: Provider) => Price | undefined;
  readonly listener: Pick<JobListener, "failed" | "skipped"> & {
    /** An input is looked at. */
    begun(input: Input): void;
    /** What has to be done to know, and how far, in milliseconds of audio. */
    stage(input: Input, ...progress: Parameters<OnPlanning>): void;
    planned(input: Input, planned: PlannedInput): void;
  };
}

/** What is kept of a plan until all are made: there may be very many. */
type ShownPlan = Omit<PlannedInput, "plan">;

/** With the id of its provider. */
export type SurveyedInput = { readonly input: Input; readonly provider: string } & (
  | { readonly planned: ShownPlan; readonly estimate: Estimate }
  | { readonly error: AsrError }
);

export interface Survey {
  /** In the order of the inputs, without those that are no audio. */
  readonly inputs: readonly SurveyedInput[];
  /** Of those that could be planned. */
  readonly total: Spending;
  readonly summary: JobsSummary;
}

/** Finding the parts of a long recording keeps a processor busy. */
const INPUTS_AT_ONCE = 2;

/** @throws the signal's reason where it was aborted. */
export async function surveyInputs(request: SurveyRequest): Promise<Survey> {
  const { listener, inputs, signal } = request;
  let skippedCount = 0;
  const pass = ({ input, error }: SkippedInput): undefined => {
    skippedCount += 1;
    listener.skipped(input, error);
  };
  for (const other of request.skipped) pass(other);
  const found = await pMap(
    inputs,
    async (input): Promise<SurveyedInput | undefined> => {
      signal.throwIfAborted();
      listener.begun(input);
      const recogniser = request.recogniserOf(input);
      const provider = recogniser.provider.id;
      try {
        const planned = await planInput(request, input, (...progress) =>
          listener.stage(input, ...progress),
        );
        const { plan: _, ...shown } = planned;
        const surveyed = {
          input,
          provider,
          planned: shown,
          estimate: estimateOf(planned, recogniser, request),
        };
        listener.planned(input, planned);
        return surveyed;
      } catch (thrown) {
        signal.throwIfAborted();
        const error = asAsrError(thrown);
        if (isPassedOver(input, error)) return pass(skipped(input, error));
        listener.failed(input, error);
        return { input, provider, error };
      }
    },
    { concurrency: INPUTS_AT_ONCE },
  );
  const surveyed = found.filter((one) => one !== undefined);
  const failures = failuresOf(surveyed.flatMap((one) => ("error" in one ? [one.error] : [])));
  return {
    inputs: surveyed,
    total: sumOf(totals(surveyed, request)),
    summary: {
      done: surveyed.length - failures.count,
      skipped: skippedCount,
      failures,
      left: 0,
    },
  };
}

/** Of each provider that is asked: its inputs share an account's starts, and a price. */
function totals(surveyed: readonly SurveyedInput[], request: SurveyRequest): Spending[] {
  const { recogniserOf, priceOf } = request;
  return [...Map.groupBy(surveyed, ({ provider }) => provider).values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const { provider, context } = recogniserOf(first.input);
    const { capabilities } = provider;
    const price = priceOf(provider);
    return totalOf(
      group.flatMap((one) => ("estimate" in one ? [one.estimate] : [])),
      { capabilities, account: context.account, ...(price === undefined ? {} : { price }) },
    );
  });
}

function estimateOf(
  { facts, plan, parts }: PlannedInput,
  { provider, settings, context: { account } }: Recogniser,
  { wishes, priceOf }: SurveyRequest,
): Estimate {
  const price = priceOf(provider);
  const { durationMs } = facts;
  if (durationMs === undefined) {
    throw audioError(
      "how long it is can't be told: nothing here decodes it",
      "run it without --dry-run, or install ffmpeg",
    );
  }
  return estimate({
    facts: { ...facts, durationMs },
    plan,
    ...(parts === undefined ? {} : { parts }),
    channels: wishes.channels,
    capabilities: provider.capabilities,
    resolution: provider.resolve(settings, facts),
    account,
    ...(price === undefined ? {} : { price }),
  });
}
