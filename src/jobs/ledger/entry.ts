/** An input that this run works on: what happens to it is written down. */
import { stat } from "node:fs/promises";
import path from "node:path";
import type { AsrError } from "../../errors.ts";
import { redact, redactError } from "../../http/redact.ts";
import type { Transcript } from "../../transcript/transcript.ts";
import type { Input } from "../inputs/input.ts";
import type { OutputFile } from "../outputs/output-plan.ts";
import type { KeptEvent, PartStore } from "../parts/stored.ts";
import { likenessOf } from "./error-group.ts";
import { rememberKept, removeKept } from "./kept-files.ts";
import { earlierAnswers, LedgerParts } from "./ledger-parts.ts";
import type { Rows } from "./rows.ts";

export interface EntryPlace {
  readonly rows: Rows;
  /** Row of the input. */
  readonly id: number;
  readonly input: Input;
  /** Of this run. */
  readonly run: string;
  /** Absolute. */
  readonly folder: string;
  readonly outputs: readonly OutputFile[];
  /** None of them is written down. */
  readonly secrets: readonly string[];
  readonly now: () => number;
  /** An answer was written down. */
  readonly onSaved: () => void;
}

export interface EarlierAnswers {
  /** Of the bytes that were answered, lower-case hex. */
  readonly sha256: string;
  /** By what names a request's audio. */
  readonly answers: ReadonlyMap<string, readonly KeptEvent[]>;
}

/** All methods throw AsrError kind "output" where the ledger can't be written. */
export class LedgerEntry {
  readonly #place: EntryPlace;

  constructor(place: EntryPlace) {
    this.#place = place;
  }

  /**
   * The answers of an earlier try, which are good for the same content alone.
   *
   * @param sha256 of the input's bytes, lower-case hex
   */
  begin(sha256: string): PartStore {
    const { rows, id, now, secrets, onSaved } = this.#place;
    rows.together(() => {
      const known = rows.get<{ sha256: string | null }>(
        "SELECT sha256 FROM inputs WHERE id = ?",
        id,
      );
      if (known?.sha256 === sha256) return;
      rows.run("DELETE FROM parts WHERE input = ?", id);
      rows.run("UPDATE inputs SET sha256 = ? WHERE id = ?", sha256, id);
    });
    const clean = (text: string) => redact(text, secrets);
    return new LedgerParts({ rows, input: id, now, clean, onSaved });
  }

  /** What was answered to earlier tries, which is good for the same content alone. */
  earlier(): EarlierAnswers | undefined {
    const { rows, id } = this.#place;
    const known = rows.get<{ sha256: string | null }>("SELECT sha256 FROM inputs WHERE id = ?", id);
    const answers = earlierAnswers(rows, id);
    if (typeof known?.sha256 !== "string" || answers.size === 0) return undefined;
    return { sha256: known.sha256, answers };
  }

  /** Its results are in their places. */
  async done(transcript: Transcript | undefined): Promise<void> {
    const { rows, folder, outputs } = this.#place;
    const written: [string, number, number][] = [];
    for (const { path: file } of outputs) {
      const { size, mtimeMs } = await stat(file);
      written.push([relativeTo(folder, file), size, mtimeMs]);
    }
    rows.together(() => {
      const isOurs = this.#end("done", transcript);
      // Another run took this one for dead, and tells what became of it.
      if (!isOurs) return;
      for (const [file, size, mtimeMs] of written) {
        rows.run(
          "UPDATE outputs SET size_bytes = ?, modified_ms = ? WHERE path = ?",
          size,
          mtimeMs,
          file,
        );
      }
    });
    await removeKept(this.#place);
  }

  /** What there was of its results is in these files (absolute); `done` removes them. */
  kept(files: readonly string[]): Promise<void> {
    const { folder } = this.#place;
    const names = files.map((file) => relativeTo(folder, file));
    return rememberKept(this.#place, names);
  }

  /** @param transcript what was recognised of it */
  failed(error: AsrError, transcript?: Transcript): void {
    const { rows, id, input, outputs, secrets } = this.#place;
    rows.together(() => {
      if (!this.#end("failed", transcript)) return;
      const clean = redactError(error, secrets);
      const { kind, message, details } = clean;
      const { reason, hint, provider, vendorCode, requestId } = details;
      const files = outputs.map((output) => output.path);
      const names = [input.name, input.path ?? "", input.relativePath, ...files];
      const { group, title } = likenessOf(clean, names);
      rows.run(
        `UPDATE inputs SET error_group = ?, error_title = ?, error_kind = ?, error_message = ?,
         error_reason = ?, error_hint = ?, error_provider = ?, error_request_id = ?,
         error_retryable = ?, vendor_code = ?, request_ids = coalesce(request_ids, ?) WHERE id = ?`,
        group,
        title,
        kind,
        message,
        reason ?? null,
        hint ?? null,
        provider ?? null,
        requestId ?? null,
        clean.retryable ? 1 : 0,
        vendorCode ?? null,
        requestId === undefined ? null : JSON.stringify([requestId]),
        id,
      );
    });
  }

  /** It was called off: it is anybody's again. */
  release(): void {
    const { rows, id, run } = this.#place;
    rows.run(
      `UPDATE inputs SET state = 'waiting', run = NULL, version = version + 1
       WHERE id = ? AND run = ?`,
      id,
      run,
    );
  }

  /** It turned out to be nothing that is transcribed. */
  forget(): void {
    const { rows, id, run } = this.#place;
    rows.run("DELETE FROM inputs WHERE id = ? AND run = ?", id, run);
  }

  #end(state: "done" | "failed", transcript: Transcript | undefined): boolean {
    const { rows, id, run, now } = this.#place;
    const changed = rows.run(
      `UPDATE inputs SET state = ?, run = NULL, version = version + 1, ended_ms = ?,
       request_ids = ?, billed_ms = ?, duration_ms = ? WHERE id = ? AND run = ?`,
      state,
      now(),
      transcript === undefined ? null : JSON.stringify(transcript.requestIds),
      transcript?.usage?.billedMs ?? null,
      transcript?.durationMs ?? null,
      id,
      run,
    );
    return changed > 0;
  }
}

/** As the ledger names files, on every system alike. */
export function relativeTo(folder: string, file: string): string {
  return path.relative(folder, file).split(path.sep).join("/");
}
