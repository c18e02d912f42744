/** The answers of one input, in the ledger. */
import { deflateRawSync, inflateRawSync } from "node:zlib";
import type { KeptEvent, PartPlace, PartStore } from "../parts/stored.ts";
import type { Rows } from "./rows.ts";

export interface PartsPlace {
  readonly rows: Rows;
  /** Row of the input. */
  readonly input: number;
  readonly now: () => number;
  /** Takes secrets out of a text. */
  readonly clean: (text: string) => string;
  readonly onSaved: () => void;
}

export class LedgerParts implements PartStore {
  readonly #place: PartsPlace;

  constructor(place: PartsPlace) {
    this.#place = place;
  }

  load(place: PartPlace): readonly KeptEvent[] | undefined {
    const { rows, input } = this.#place;
    const row = rows.get<{ events: Uint8Array }>(
      "SELECT events FROM parts WHERE input = ? AND request = ?",
      input,
      requestOf(place),
    );
    return row === undefined ? undefined : JSON.parse(inflateRawSync(row.events).toString());
  }

  save(place: PartPlace, events: readonly KeptEvent[]): void {
    const { rows, input, now, clean, onSaved } = this.#place;
    const { part, channel } = place;
    const responses = events.filter((event) => event.type === "response");
    rows.run(
      `INSERT OR REPLACE INTO parts
       (input, request, start_ms, end_ms, channel, request_id, billed_ms, events, saved_ms)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      input,
      requestOf(place),
      part?.pieces[0]?.startMs ?? null,
      part?.pieces.at(-1)?.endMs ?? null,
      channel ?? null,
      responses.findLast(({ requestId }) => requestId !== undefined)?.requestId ?? null,
      responses.reduce((sum, { usage }) => sum + (usage?.billedMs ?? 0), 0),
      // Text by text: what stands in JSON is spelt otherwise, and a number is no secret.
      deflateRawSync(
        JSON.stringify(events, (_, value) => (typeof value === "string" ? clean(value) : value)),
      ),
      now(),
    );
    onSaved();
  }
}

/** The same for the same audio of the same recording. */
export function requestOf({ part, channel }: PartPlace): string {
  const pieces = part?.pieces.map(({ startMs, endMs }) => `${startMs}-${endMs}`).join("+") ?? "all";
  return channel === undefined ? pieces : `${pieces} channel ${channel}`;
}

/** All that is known of an input, by what names a request's audio. */
export function earlierAnswers(rows: Rows, input: number): Map<string, readonly KeptEvent[]> {
  const found = rows.all<{ request: string; events: Uint8Array }>(
    "SELECT request, events FROM parts WHERE input = ?",
    input,
  );
  return new Map(
    found.map(({ request, events }) => [request, JSON.parse(inflateRawSync(events).toString())]),
  );
}
