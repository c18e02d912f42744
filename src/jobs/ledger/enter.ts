/** What a run is to do, written down before it is done. */
import type { Input } from "../inputs/input.ts";
import { type Order, writtenOrder } from "./order.ts";
import type { Rows } from "./rows.ts";

/** The path of stdin's row. */
export const STDIN_PATH = "-";

export function pathOf({ path }: Input): string {
  return path ?? STDIN_PATH;
}

/** @param secrets none of them is written down @returns the row of the order */
export function enterOrder(rows: Rows, order: Order, secrets: readonly string[]): number {
  const { hash, flags, workingFolder } = writtenOrder(order, secrets);
  return rows.together(() => {
    rows.run(
      "INSERT OR IGNORE INTO orders (hash, flags, working_folder) VALUES (?, ?, ?)",
      hash,
      flags,
      workingFolder,
    );
    const row = rows.get<{ id: number }>("SELECT id FROM orders WHERE hash = ?", hash);
    if (row === undefined) throw new Error("an order that was just written is gone");
    return row.id;
  });
}

export interface EnteredBy {
  /** Row of the order. */
  readonly order: number;
  /** Id of the provider that is to recognise it. */
  readonly provider: string;
}

/** What is new is waiting; what is known keeps its state, and is from now on as this order says. */
export function enterInput(rows: Rows, input: Input, { order, provider }: EnteredBy): void {
  rows.run(
    `INSERT INTO inputs
     (path, output_name, name, relative_path, explicit, own, order_id, provider, state)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'waiting')
     ON CONFLICT (path, output_name) DO UPDATE SET name = excluded.name,
     relative_path = excluded.relative_path, explicit = excluded.explicit, own = excluded.own,
     order_id = excluded.order_id,
     provider = CASE state WHEN 'waiting' THEN excluded.provider ELSE provider END
     WHERE (name, relative_path, explicit, own, order_id, provider) IS NOT
     (excluded.name, excluded.relative_path, excluded.explicit, excluded.own, excluded.order_id,
     excluded.provider)`,
    pathOf(input),
    input.own?.output ?? "",
    input.name,
    input.relativePath,
    input.explicit ? 1 : 0,
    input.own === undefined ? null : JSON.stringify(input.own),
    order,
    provider,
  );
}
