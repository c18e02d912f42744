/** The tables on the providers' pages, made from each provider's own data. */
import type { Provider } from "../src/providers/contract.ts";
import { PLAIN_SETTINGS } from "../src/providers/contract.ts";
import { describeProvider, supportText } from "../src/providers/describe.ts";
import { CODED_PROVIDERS, codeRowsOf } from "./provider-codes.ts";
import { accepts, code, limits, table } from "./readme-tables.ts";

/** What it takes, limits and gives. */
function facts(provider: Provider): string {
  const { capabilities, credentials } = provider;
  const { gives } = capabilities;
  const { hotwords } = gives;
  const rows: [string, string][] = [
    ["takes", accepts(capabilities)],
    ["a request", limits(capabilities)],
    ["models", capabilities.models.map(code).join(", ")],
    ["partial text", supportText(gives.partials)],
    ["times of segments", supportText(gives.segmentTimes)],
    ["times of words", supportText(gives.wordTimes)],
    ["speakers", supportText(gives.speakers)],
    ["channels in one request", supportText(gives.channels)],
    ["hotwords", hotwords === false ? "no" : `yes${hotwordLimits(hotwords)}`],
    ["credentials", credentials.map(credential).join(", ") || "none"],
  ];
  return table(["", provider.id], rows);
}

function credential({ variable, optional }: Provider["credentials"][number]): string {
  return `${code(variable)}${optional === true ? " (optional)" : ""}`;
}

function hotwordLimits({
  maxCount,
  maxCharacters,
  weights,
}: Exclude<Provider["capabilities"]["gives"]["hotwords"], false>): string {
  const notes = [
    ...(maxCount === undefined ? [] : [`${maxCount} at most`]),
    ...(maxCharacters === undefined ? [] : [`${maxCharacters} characters each`]),
    ...(weights === undefined ? [] : [`weights ${weights.min} to ${weights.max}`]),
  ];
  return notes.length === 0 ? "" : `: ${notes.join(", ")}`;
}

/** The vendor's own parameters, as `--set` takes them. */
function parameters(provider: Provider): string {
  const rows = describeProvider(provider).parameters.map((parameter) => [
    code(parameter.name),
    parameter.range ?? parameter.type,
    parameter.default === undefined ? "" : code(String(parameter.default)),
    parameter.help,
  ]);
  return table(["`--set`", "values", "default", "what it does"], rows);
}

const NARROW_HZ = 8000;

/** Which engine `--language` asks for. */
function languages(provider: Provider): string {
  const modelOf = (language: string, sampleRate?: number): string => {
    const settings = { ...PLAIN_SETTINGS, language };
    const audio = { container: "pcm", encoding: "s16le", channels: 1 } as const;
    const facts = sampleRate === undefined ? undefined : { ...audio, sampleRate };
    return code(provider.resolve(settings, facts).model);
  };
  const rows = provider.capabilities.languages
    .filter((tag) => tag !== "*")
    .map((tag) => [code(tag), modelOf(tag), modelOf(tag, NARROW_HZ)]);
  return table(["`--language`", "16 kHz and more", "8 kHz"], rows);
}

/** The vendor's error codes: what each means, how `asr` ends, and what to do. */
function codes(provider: Provider): string {
  const rows = codeRowsOf(provider.id).map((row) => [
    code(String(row.code)),
    row.meaning,
    String(row.exitCode),
    row.repeated ? "yes" : "",
    row.hint,
  ]);
  return table(["code", "meaning", "exit", "repeated", "what to do"], rows);
}

/** Every code of every vendor, with the page that explains it. */
export function vendorCodeTable(): string {
  const byCode = new Map<number, { exitCode: number; kind: string; providers: string[] }>();
  for (const id of CODED_PROVIDERS) {
    for (const { code: number, exitCode, kind } of codeRowsOf(id)) {
      const row = byCode.get(number) ?? { exitCode, kind, providers: [] };
      byCode.set(number, { ...row, providers: [...row.providers, id] });
    }
  }
  const rows = [...byCode]
    .sort(([a], [b]) => a - b)
    .map(([number, { exitCode, kind, providers }]) => [
      code(String(number)),
      providers.map((id) => `[${id}](providers/${pageOf(id)})`).join(", "),
      `${exitCode}: ${kind}`,
    ]);
  return table(["code", "provider", "exit"], rows);
}

const pageOf = (id: string): string => (id.startsWith("lark-") ? "lark.md" : `${id}.md`);

/** By the first part of a block's name; the second is the provider's id. */
export const PROVIDER_TABLES = { facts, parameters, languages, codes } as const;
