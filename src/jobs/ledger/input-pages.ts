/** The inputs of a ledger as they stand, a few hundred at a time. */
import { AsrError, type ErrorKind, EXIT_CODES } from "../../errors.ts";
import { STDIN_PATH } from "./enter.ts";
import type { InputState, LedgerInput, LedgerOutput, LedgerPart } from "./ledger-input.ts";
import type { Rows } from "./rows.ts";

/** Which inputs are asked for. */
export interface InputFilter {
  /** All that is not done. */
  readonly open?: true;
  /** What failed alike. */
  readonly errorGroup?: string;
  /** Row of the order. */
  readonly order?: number;
}

/** What became of an input, where `?` is a JSON list of the runs that are alive. */
export const STATE = `CASE WHEN state = 'running' AND
  (run IS NULL OR run NOT IN (SELECT value FROM json_each(?))) THEN 'interrupted' ELSE state END`;

/** What was paid is known before it is known what it came to. */
export const BILLED = `coalesce(billed_ms,
  (SELECT sum(parts.billed_ms) FROM parts WHERE parts.input = inputs.id), 0)`;

const COLUMNS = `id, path, name, relative_path AS relativePath, explicit, own, order_id AS "order",
  provider, ${STATE} AS state, tries, size_bytes AS sizeBytes, sha256, duration_ms AS durationMs,
  ${BILLED} AS billedMs, request_ids AS requestIds, started_ms AS startedMs, ended_ms AS endedMs,
  error_kind AS kind, error_message AS message, error_reason AS reason, error_hint AS hint,
  error_provider AS errorProvider, error_request_id AS requestId, error_retryable AS retryable,
  vendor_code AS vendorCode`;

/** Enough that asking costs little, and few enough to be held. */
const PAGE_ROWS = 500;

/**
 * The next inputs in the order in which they were first entered; none: there are no more.
 *
 * @param alive ids of the runs that are
 * @param after the last input's id of the page before; 0: the first page
 */
export function inputPage(
  rows: Rows,
  alive: readonly string[],
  after: number,
  { open, errorGroup, order }: InputFilter = {},
): LedgerInput[] {
  const clauses = ["id > ?"];
  const values: (string | number)[] = [after];
  if (open) clauses.push("state <> 'done'");
  if (errorGroup !== undefined) {
    clauses.push("state = 'failed' AND error_group = ?");
    values.push(errorGroup);
  }
  if (order !== undefined) {
    clauses.push("order_id = ?");
    values.push(order);
  }
  const found = rows.all<StoredInput>(
    `SELECT ${COLUMNS} FROM inputs WHERE ${clauses.join(" AND ")} ORDER BY id LIMIT ${PAGE_ROWS}`,
    JSON.stringify(alive),
    ...values,
  );
  const ids = JSON.stringify(found.map(({ id }) => id));
  const outputs = byInput(
    rows.all<StoredOutput>(
      `SELECT input, path, format, size_bytes AS sizeBytes FROM outputs
       WHERE input IN (SELECT value FROM json_each(?)) ORDER BY input, path`,
      ids,
    ),
  );
  const parts = byInput(
    rows.all<StoredPart>(
      `SELECT input, start_ms AS startMs, end_ms AS endMs, channel, request_id AS requestId,
       billed_ms AS billedMs FROM parts WHERE input IN (SELECT value FROM json_each(?))
       ORDER BY input, start_ms, channel`,
      ids,
    ),
  );
  return found.map((row) => inputOf(row, outputs.get(row.id) ?? [], parts.get(row.id) ?? []));
}

/** What SQLite has no value for. */
type Stored<Shape> = {
  readonly [Key in keyof Shape]: undefined extends Shape[Key]
    ? Exclude<Shape[Key], undefined> | null
    : Shape[Key];
};

type StoredOutput = Stored<LedgerOutput> & { readonly input: number };
type StoredPart = Stored<LedgerPart> & { readonly input: number };

interface StoredInput {
  readonly id: number;
  readonly path: string;
  readonly name: string;
  readonly relativePath: string;
  readonly explicit: number;
  readonly own: string | null;
  readonly order: number;
  readonly provider: string;
  readonly state: InputState;
  readonly tries: number;
  readonly sizeBytes: number | null;
  readonly sha256: string | null;
  readonly durationMs: number | null;
  readonly billedMs: number;
  readonly requestIds: string | null;
  readonly startedMs: number | null;
  readonly endedMs: number | null;
  readonly kind: string | null;
  readonly message: string | null;
  readonly reason: string | null;
  readonly hint: string | null;
  readonly errorProvider: string | null;
  readonly requestId: string | null;
  readonly retryable: number | null;
  readonly vendorCode: string | number | null;
}

function inputOf(
  row: StoredInput,
  outputs: readonly StoredOutput[],
  parts: readonly StoredPart[],
): LedgerInput {
  const { id, path, name, relativePath, explicit, own, requestIds } = row;
  return {
    id,
    input: {
      name,
      ...(path === STDIN_PATH ? {} : { path }),
      relativePath,
      explicit: explicit === 1,
      ...(own === null ? {} : { own: JSON.parse(own) }),
    },
    order: row.order,
    state: row.state,
    provider: row.provider,
    tries: row.tries,
    sizeBytes: row.sizeBytes ?? undefined,
    sha256: row.sha256 ?? undefined,
    durationMs: row.durationMs ?? undefined,
    billedMs: row.billedMs,
    requestIds: requestIds === null ? [] : JSON.parse(requestIds),
    startedMs: row.startedMs ?? undefined,
    endedMs: row.endedMs ?? undefined,
    error: errorOf(row),
    outputs: outputs.map(({ path: file, format, sizeBytes }) => ({
      path: file,
      format,
      sizeBytes: sizeBytes ?? undefined,
    })),
    parts: parts.map(({ startMs, endMs, channel, requestId, billedMs }) => ({
      startMs: startMs ?? undefined,
      endMs: endMs ?? undefined,
      channel: channel ?? undefined,
      requestId: requestId ?? undefined,
      billedMs,
    })),
  };
}

function errorOf(row: StoredInput): AsrError | undefined {
  const { kind, message, reason, hint, errorProvider: provider, vendorCode, requestId } = row;
  if (kind === null) return undefined;
  return new AsrError(isKind(kind) ? kind : "internal", message ?? "", {
    ...(reason === null ? {} : { reason }),
    ...(hint === null ? {} : { hint }),
    ...(provider === null ? {} : { provider }),
    ...(vendorCode === null ? {} : { vendorCode }),
    ...(requestId === null ? {} : { requestId }),
    retryable: row.retryable === 1,
  });
}

function isKind(kind: string): kind is ErrorKind {
  return Object.hasOwn(EXIT_CODES, kind);
}

function byInput<Row extends { readonly input: number }>(rows: readonly Row[]): Map<number, Row[]> {
  const found = new Map<number, Row[]>();
  for (const row of rows) {
    const known = found.get(row.input);
    if (known === undefined) found.set(row.input, [row]);
    else known.push(row);
  }
  return found;
}
