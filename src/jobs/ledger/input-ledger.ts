/** A run's inputs and their ledger: who asks for an input by its place in the list, gets it. */
import { digesting } from "../../audio/digest.ts";
import type { ByteSource, RawFormat } from "../../audio/types.ts";
import type { Input } from "../inputs/input.ts";
import type { OutputFile } from "../outputs/output-plan.ts";
import type { PlanWishes } from "../plan.ts";
import type { Recogniser, RecogniserOf } from "../recogniser.ts";
import type { Claim, Ledger } from "./ledger.ts";
import { settingsHash } from "./settings-hash.ts";

export interface InputLedger {
  /** @throws AsrError; the signal's reason where it was aborted. */
  claim(input: Input, index: number): Promise<Claim>;
}

export interface InputLedgerRequest {
  readonly ledger: Ledger;
  /** The files of each input's results, in input order. */
  readonly files: readonly (readonly OutputFile[])[];
  readonly recogniserOf: RecogniserOf;
  readonly wishes: PlanWishes;
  readonly rawFormatOf: (input: Input) => RawFormat | undefined;
  readonly openSource: (input: Input) => Promise<ByteSource>;
  readonly signal: AbortSignal;
}

export function inputLedger(request: InputLedgerRequest): InputLedger {
  const { ledger, files, recogniserOf, wishes, rawFormatOf, openSource, signal } = request;
  const hashes = new Map<Recogniser, Map<string, string>>();
  // Thousands of inputs share a few settings.
  const hashOf = (input: Input): string => {
    const recogniser = recogniserOf(input);
    const raw = rawFormatOf(input);
    const ofRecogniser = hashes.get(recogniser) ?? new Map<string, string>();
    hashes.set(recogniser, ofRecogniser);
    const key = JSON.stringify(raw ?? null);
    const { provider, settings } = recogniser;
    const hash =
      ofRecogniser.get(key) ??
      settingsHash({
        provider: provider.id,
        settings,
        wishes,
        ...(raw === undefined ? {} : { raw }),
      });
    ofRecogniser.set(key, hash);
    return hash;
  };
  return {
    claim: (input, index) =>
      ledger.claim(input, {
        outputs: files[index] ?? [],
        settings: hashOf(input),
        sha256: async () => digesting(await openSource(input)).sha256(signal),
      }),
  };
}
