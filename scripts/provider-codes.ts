/** The vendors' error tables in one shape, for the pages of providers. */
import { type ErrorKind, EXIT_CODES } from "../src/errors.ts";
import { CODES } from "../src/providers/feishu/codes.ts";
import { FEISHU, LARK, type Site } from "../src/providers/feishu/site.ts";
import { STATUSES } from "../src/providers/stepfun/codes.ts";
import type { CodedApi } from "../src/providers/tencent/codes.ts";
import { FLASH_API } from "../src/providers/tencent/flash/codes.ts";
import { REALTIME_API } from "../src/providers/tencent/realtime/codes.ts";

export interface CodeLine {
  readonly code: number;
  readonly kind: ErrorKind;
  readonly exitCode: number;
  readonly meaning: string;
  readonly hint: string;
  /** Sent again by itself, within `--retries`. */
  readonly repeated: boolean;
}

const entries = <Row>(rows: Readonly<Record<number, Row>>): [number, Row][] =>
  Object.entries(rows).map(([code, row]) => [Number(code), row]);

function tencent({ codes }: CodedApi<CodedApi["codes"][number] & { recovery?: string }>) {
  return entries(codes).map(([code, { kind, meaning, hint, retryable, recovery }]) => ({
    ...{ code, kind, exitCode: EXIT_CODES[kind], meaning, hint },
    repeated: retryable === true || recovery === "voice",
  }));
}

/** Codes of the API that begin so, and those of the platform. */
function feishu(site: Site, other: string): CodeLine[] {
  return entries(CODES)
    .filter(([code]) => !String(code).startsWith(other))
    .map(([code, row]) => ({
      ...{ code, kind: row.kind, exitCode: EXIT_CODES[row.kind] },
      ...{ meaning: row.what(site), hint: row.hint(site), repeated: row.retryable },
    }));
}

const FILE_CODES = "10401";
const STREAM_CODES = "16101";

const LINES: Readonly<Record<string, () => CodeLine[]>> = {
  "tencent-flash": () => tencent(FLASH_API),
  "tencent-realtime": () => tencent(REALTIME_API),
  "feishu-file": () => feishu(FEISHU, STREAM_CODES),
  "feishu-stream": () => feishu(FEISHU, FILE_CODES),
  "lark-file": () => feishu(LARK, STREAM_CODES),
  "lark-stream": () => feishu(LARK, FILE_CODES),
  stepfun: () =>
    entries(STATUSES).map(([code, { kind, retryable, what, hint }]) => ({
      ...{ code, kind, exitCode: EXIT_CODES[kind], meaning: what, hint, repeated: retryable },
    })),
};

/** Error codes of a provider, in the order of their numbers; empty where it has none. */
export function codeRowsOf(provider: string): readonly CodeLine[] {
  return LINES[provider]?.() ?? [];
}

export const CODED_PROVIDERS: readonly string[] = Object.keys(LINES);
