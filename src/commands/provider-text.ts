/** Provider reports as text. */
import type { ProviderReport } from "../providers/describe.ts";
import { supportText } from "../providers/describe.ts";
import { tableText } from "../terminal/table.ts";

function megabytes(bytes: number): string {
  return `${bytes / 1e6} MB`;
}

function duration(ms: number): string {
  const hours = ms / 3_600_000;
  return hours >= 1 ? `${hours} h` : `${ms / 1000} s`;
}

function limitsOf({ limits }: ProviderReport): string[] {
  const { maxBytes, maxDurationMs, maxConcurrency, maxRequestsPerSecond, slice } = limits;
  const { recommendedDurationMs } = limits;
  return [
    ...(maxDurationMs === undefined ? [] : [`${duration(maxDurationMs)} a request`]),
    ...(recommendedDurationMs === undefined
      ? []
      : [`better in parts of ${duration(recommendedDurationMs)}`]),
    ...(maxBytes === undefined ? [] : [`${megabytes(maxBytes)} a request`]),
    ...(slice === undefined
      ? []
      : [`slices of ${slice.recommendedMs} ms, ${slice.maxBytes} bytes at most`]),
    `${maxConcurrency} at once`,
    ...(maxRequestsPerSecond === undefined ? [] : [`${maxRequestsPerSecond} a second`]),
  ];
}

function acceptsOf({ accepts }: ProviderReport): string[] {
  return accepts.map(({ container, encodings, sampleRates, maxChannels }) => {
    const notes = [
      encodings.join(", "),
      ...(sampleRates === undefined ? [] : [`${sampleRates.join(" or ")} Hz`]),
      ...(maxChannels === 1 ? ["mono"] : []),
    ];
    return `${container} (${notes.join("; ")})`;
  });
}

function hotwordsOf({ gives: { hotwords } }: ProviderReport): string {
  if (hotwords === false) return "no";
  const { maxCount, maxCharacters, weights } = hotwords;
  const notes = [
    ...(maxCount === undefined ? [] : [`at most ${maxCount}`]),
    ...(maxCharacters === undefined ? [] : [`${maxCharacters} characters each`]),
    weights === undefined ? "no weights" : `weights ${weights.min} to ${weights.max}`,
  ];
  return `yes (${notes.join(", ")})`;
}

/** A line a provider. */
export function providersText(reports: readonly ProviderReport[]): string {
  const head = ["ID", "TIMES", "WORDS", "SPEAKERS", "PARTIALS", "LIMITS"];
  const rows = reports.map((report) => [
    report.id,
    supportText(report.gives.segmentTimes),
    supportText(report.gives.wordTimes),
    supportText(report.gives.speakers),
    supportText(report.gives.partials),
    limitsOf(report).join(", "),
  ]);
  return tableText([head, ...rows]);
}

/** All that is known of one provider. */
export function providerText(report: ProviderReport): string {
  const { gives } = report;
  const facts = tableText([
    ["vendor", report.vendor],
    ["document", report.documentation],
    ["audio leaves this machine", report.remote ? "yes" : "no"],
    ...acceptsOf(report).map((accepted, index) => [index === 0 ? "takes as it is" : "", accepted]),
    ["limits", limitsOf(report).join(", ")],
    ["segment times", supportText(gives.segmentTimes)],
    ["word times", supportText(gives.wordTimes)],
    ["speakers", supportText(gives.speakers)],
    ["channels on their own", supportText(gives.channels)],
    ["partials", supportText(gives.partials)],
    ["hotwords", hotwordsOf(report)],
    ["languages", report.languages.join(" ")],
    ["models", report.models.join(" ")],
  ]);
  const credentials = report.credentials.map(({ variable, optional, help }) => [
    `  ${variable}`,
    optional ? `${help} (optional)` : help,
  ]);
  const parameters = report.parameters.map((parameter) => {
    const { name, type, range, help } = parameter;
    const notes = [
      range === undefined ? type : `${type}: ${range}`,
      ...(parameter.default === undefined ? [] : [`default ${String(parameter.default)}`]),
    ];
    return [`  ${name}`, notes.join("; "), help];
  });
  return [
    `${report.id}: ${report.title}\n\n${facts}`,
    ...(credentials.length === 0 ? [] : [`\ncredentials\n${tableText(credentials)}`]),
    ...(parameters.length === 0
      ? []
      : [`\nparameters (--set NAME=VALUE)\n${tableText(parameters)}`]),
  ].join("");
}
