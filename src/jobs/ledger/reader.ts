/** What a ledger tells of its folder: nothing is made or changed, and runs may be at work on it. */
import type { Clock } from "../../providers/contract.ts";
import { type FolderState, folderState } from "./folder-state.ts";
import { type InputFilter, inputPage } from "./input-pages.ts";
import type { LedgerInput } from "./ledger-input.ts";
import { type Order, readOrder, type WrittenOrder } from "./order.ts";
import {
  ownIdentity,
  type ProcessIdentity,
  type ProcessTable,
  systemProcesses,
} from "./process-identity.ts";
import { openToRead, type ReadDatabase } from "./read-database.ts";
import type { Rows } from "./rows.ts";
import { isRunAlive, type RunRow, runRows } from "./run-rows.ts";

export interface ReaderRequest {
  /** The output folder, absolute. */
  readonly folder: string;
  readonly clock: Pick<Clock, "now">;
  readonly platform: NodeJS.Platform;
  /** For tests: who this is, and whom it sees. */
  readonly self?: ProcessIdentity;
  readonly processes?: ProcessTable;
}

/** An order with inputs that are not done. */
export interface OpenOrder extends Order {
  readonly id: number;
  /** How many they are. */
  readonly inputs: number;
}

/**
 * @throws AsrError kind "usage" for a folder without a ledger, or a newer one; "output" for one
 *   that can't be read.
 */
export async function openReader(request: ReaderRequest): Promise<LedgerReader> {
  return new LedgerReader(await openToRead(request.folder, request.platform), request);
}

/** All methods throw AsrError as `openReader`. Each answer is of its own moment. */
export class LedgerReader {
  readonly #database: ReadDatabase;
  readonly #request: ReaderRequest;
  readonly #self: ProcessIdentity;

  constructor(database: ReadDatabase, request: ReaderRequest) {
    this.#database = database;
    this.#request = request;
    this.#self = request.self ?? ownIdentity();
  }

  state(): FolderState {
    return this.#database.read((rows) => folderState(rows, this.#living(rows)));
  }

  /** In the order in which they were first entered, as they stand when their turn comes. */
  *inputs(filter: InputFilter = {}): Generator<LedgerInput> {
    let after = 0;
    for (;;) {
      const page = this.#database.read((rows) => {
        const alive = this.#living(rows).map(({ id }) => id);
        return inputPage(rows, alive, after, filter);
      });
      yield* page;
      const last = page.at(-1);
      if (last === undefined) return;
      after = last.id;
    }
  }

  /** The oldest first. */
  openOrders(): OpenOrder[] {
    const stored = this.#database.read((rows) =>
      rows.all<Omit<WrittenOrder, "hash"> & Pick<OpenOrder, "id" | "inputs">>(
        `SELECT orders.id AS id, flags, working_folder AS workingFolder, count(*) AS inputs
         FROM inputs JOIN orders ON orders.id = inputs.order_id WHERE state <> 'done'
         GROUP BY orders.id ORDER BY orders.id`,
      ),
    );
    return stored.map(({ id, inputs, ...written }) => ({ id, inputs, ...readOrder(written) }));
  }

  close(): void {
    this.#database.close();
  }

  #living(rows: Rows): RunRow[] {
    const { clock, processes = systemProcesses } = this.#request;
    const observer = { self: this.#self, processes, nowMs: clock.now() };
    return runRows(rows, "ORDER BY started_ms, id").filter((run) => isRunAlive(run, observer));
  }
}
