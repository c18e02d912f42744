/** What the sums of an output folder come to. Pure. */
import type { FolderState, StateSums, Sums } from "../../jobs/ledger/folder-state.ts";
import type { InputState } from "../../jobs/ledger/ledger-input.ts";
import type { Settings } from "../../settings/load.ts";
import type { Money } from "../../terminal/amounts.ts";
import { Billing } from "../../terminal/billing.ts";
import { priceOf } from "../prices.ts";

export const STATES: readonly InputState[] = [
  "done",
  "failed",
  "running",
  "interrupted",
  "waiting",
];

export interface Figures extends Sums {
  /** How many inputs stand so. */
  readonly counts: Readonly<Record<InputState, number>>;
}

export interface NamedFigures extends Figures {
  /** Of the provider; the tag. */
  readonly name: string;
}

/** @param rows each state once a name, or several names */
export function figuresOf(rows: readonly StateSums[]): Figures {
  const sum = (read: (row: StateSums) => number): number =>
    rows.reduce((total, row) => total + read(row), 0);
  const countOf = (state: InputState): number =>
    sum((row) => (row.state === state ? row.inputs : 0));
  return {
    inputs: sum((row) => row.inputs),
    tries: sum((row) => row.tries),
    audioMs: sum((row) => (row.state === "done" ? row.audioMs : 0)),
    billedMs: sum((row) => row.billedMs),
    counts: {
      done: countOf("done"),
      failed: countOf("failed"),
      running: countOf("running"),
      interrupted: countOf("interrupted"),
      waiting: countOf("waiting"),
    },
  };
}

/** The figures of each name, in the order of the rows. */
export function figuresByName(rows: readonly StateSums[]): NamedFigures[] {
  const names = new Set(rows.map(({ name }) => name));
  return Array.from(names, (name) => ({
    name,
    ...figuresOf(rows.filter((row) => row.name === name)),
  }));
}

/** What was billed, as the settings' prices have it now; one sum a currency. */
export function spendOf(
  { providers }: Pick<FolderState, "providers">,
  settings: Settings,
): readonly Money[] {
  const billing = new Billing((provider) => priceOf(provider, settings));
  for (const { name, billedMs } of providers) billing.add(name, billedMs);
  return billing.spend;
}
