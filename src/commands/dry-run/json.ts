/** The report of a dry run for programs. */
import type { Cost, Spending } from "../../jobs/estimate.ts";
import type { Survey, SurveyedInput } from "../../jobs/survey.ts";
import { errorFields } from "../../terminal/report.ts";
import { secondsOf } from "../../transcript/time.ts";

/** @returns the report in pieces: as one text it would be larger than all that it is made from. */
export function* dryRunJson({ inputs, total }: Survey): Generator<string> {
  const [provider, ...otherProviders] = new Set(inputs.map((one) => one.provider));
  const models = new Set(inputs.flatMap((one) => ("planned" in one ? [one.planned.model] : [])));
  const [model] = models;
  const { currency } = total.cost ?? {};
  const report = {
    ...(otherProviders.length === 0 ? { provider } : {}),
    ...(models.size === 1 ? { model } : {}),
    inputs: [],
    total: {
      inputs: inputs.length,
      failed: inputs.filter((one) => "error" in one).length,
      duration: secondsOf(total.durationMs),
      ...spendingFields(total),
    },
    ...(currency === undefined ? {} : { currency }),
  };
  // No text in it can hold these quotes unescaped.
  const [before = "", after = ""] = JSON.stringify(report, undefined, 2).split('"inputs": []');
  yield `${before}"inputs": [`;
  let lead = "\n    ";
  for (const one of inputs) {
    const fields = {
      ...inputFields(one),
      // What is not the same for all is said of each.
      ...(otherProviders.length === 0 ? {} : { provider: one.provider }),
      ...(currency === undefined ? currencyOf(one) : {}),
    };
    yield lead + JSON.stringify(fields, undefined, 2).replaceAll("\n", "\n    ");
    lead = ",\n    ";
  }
  yield `${inputs.length === 0 ? "" : "\n  "}]${after}\n`;
}

function inputFields(surveyed: SurveyedInput) {
  const { name } = surveyed.input;
  const { output, reference, tags } = surveyed.input.own ?? {};
  const named = { input: name, output, reference, tags };
  if ("error" in surveyed) return { ...named, error: errorFields(surveyed.error) };
  const { estimate, planned } = surveyed;
  const { facts, model, parts, warnings } = planned;
  return {
    ...named,
    duration: secondsOf(estimate.durationMs),
    container: facts.otherContainer ?? facts.container,
    encoding: facts.otherEncoding ?? facts.encoding,
    sample_rate: facts.sampleRate,
    channels: facts.channels,
    model,
    plan: estimate.plan,
    ...spendingFields(estimate),
    ...(parts === undefined
      ? {}
      : {
          parts: parts.map(({ pieces }) => ({
            start: secondsOf(pieces[0]?.startMs ?? 0),
            end: secondsOf(pieces.at(-1)?.endMs ?? 0),
          })),
        }),
    warnings: warnings.map(({ code, message }) => ({ code, message })),
  };
}

function currencyOf(surveyed: SurveyedInput) {
  return "estimate" in surveyed ? { currency: surveyed.estimate.cost?.currency } : {};
}

function spendingFields({ requests, bytes, billedMs, leastMs, cost }: Spending) {
  return {
    requests,
    ...(bytes === undefined ? {} : { bytes }),
    billed_seconds: secondsOf(billedMs),
    least_seconds: secondsOf(leastMs),
    ...(cost === undefined ? {} : { cost: rounded(cost) }),
  };
}

/** Millionths: enough for a second of the cheapest audio, and no noise of the arithmetic. */
function rounded({ amount }: Cost): number {
  return Math.round(amount * 1e6) / 1e6;
}
