/** How an output folder stands, for programs. */
import type { FolderState } from "../../jobs/ledger/folder-state.ts";
import type { LedgerInput } from "../../jobs/ledger/ledger-input.ts";
import type { Money } from "../../terminal/amounts.ts";
import { errorFields } from "../../terminal/report.ts";
import { safeJson } from "../../terminal/sanitize.ts";
import { secondsOf } from "../../transcript/time.ts";
import { type Figures, figuresByName, figuresOf, type NamedFigures } from "./figures.ts";

type Fields = Readonly<Record<string, unknown>>;

/** @param folder absolute */
export function stateFields(folder: string, state: FolderState, spend: readonly Money[]): Fields {
  return {
    folder,
    total: figureFields(figuresOf(state.providers)),
    spend: spend.map(({ amount, currency }) => ({ amount: millionths(amount), currency })),
    runs: state.runs.map(({ pid, host, startedMs, inputs }) => ({
      pid,
      host,
      since: timeOf(startedMs),
      inputs,
    })),
    failures: state.errors.map(({ inputs, kind, vendorCode, title, hint }) => ({
      inputs,
      code: kind,
      vendor_code: vendorCode,
      message: title,
      hint,
    })),
  };
}

export function sumsFields({ providers, tags }: FolderState): Fields {
  return {
    providers: figuresByName(providers).map((figures) => namedFields("provider", figures)),
    tags: figuresByName(tags).map((figures) => namedFields("tag", figures)),
  };
}

function namedFields(name: string, figures: NamedFigures): Fields {
  return { [name]: figures.name, ...figureFields(figures) };
}

function figureFields({ inputs, counts, tries, audioMs, billedMs }: Figures): Fields {
  return {
    inputs,
    ...counts,
    tries,
    audio_seconds: secondsOf(audioMs),
    billed_seconds: secondsOf(billedMs),
  };
}

/** One input of the report. */
export function inputFields(one: LedgerInput): Fields {
  const { input, error, requestIds, sizeBytes, durationMs } = one;
  const { output, reference, tags, language, model } = input.own ?? {};
  return {
    path: input.path ?? input.name,
    state: one.state,
    provider: one.provider,
    tries: one.tries,
    size_bytes: sizeBytes,
    sha256: one.sha256,
    duration: durationMs === undefined ? undefined : secondsOf(durationMs),
    billed_seconds: secondsOf(one.billedMs),
    request_ids: requestIds,
    started: timeOf(one.startedMs),
    ended: timeOf(one.endedMs),
    error: error === undefined ? undefined : errorFields(error),
    outputs: one.outputs.map((file) => ({
      path: file.path,
      format: file.format,
      size_bytes: file.sizeBytes,
    })),
    parts: one.parts.map(({ startMs, endMs, channel, requestId, billedMs }) => ({
      start: startMs === undefined ? undefined : secondsOf(startMs),
      end: endMs === undefined ? undefined : secondsOf(endMs),
      channel,
      request_id: requestId,
      billed_seconds: secondsOf(billedMs),
    })),
    ...{ output, language, model, reference, tags },
  };
}

/**
 * One JSON object in pieces, with a field a line, and a line for each item of its last field.
 *
 * @param list the last field's name and its items; very many may be made as they are asked for
 */
export function* jsonObject(
  fields: Fields,
  list?: { readonly name: string; readonly items: Iterable<Fields> },
): Generator<string> {
  const lines = Object.entries(fields).map(
    ([name, value]) => `  ${safeJson(name)}: ${safeJson(value)}`,
  );
  yield `{\n${lines.join(",\n")}`;
  if (list !== undefined) {
    yield `,\n  ${safeJson(list.name)}: [`;
    let lead = "\n    ";
    for (const item of list.items) {
      yield lead + safeJson(item);
      lead = ",\n    ";
    }
    yield "\n  ]";
  }
  yield "\n}\n";
}

/** ISO 8601 in UTC. */
function timeOf(ms: number | undefined): string | undefined {
  return ms === undefined ? undefined : new Date(ms).toISOString();
}

/** Enough for a second of the cheapest audio, and no noise of the arithmetic. */
function millionths(amount: number): number {
  return Math.round(amount * 1e6) / 1e6;
}
