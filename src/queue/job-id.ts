/** The name of a job: the same for the same work, so that nobody pays for it a second time. */
import { createHash } from "node:crypto";
import { settingsHash } from "../jobs/ledger/settings-hash.ts";
import type { Payload } from "./payload.ts";

export interface JobIdentity {
  /** Absolute path of the input. */
  readonly path: string;
  readonly sizeBytes: number;
  readonly modifiedMs: number;
  readonly payload: Pick<Payload, "provider" | "settings" | "wishes" | "strict" | "raw">;
  /** Where its results go, absolute, without the formats' extensions. */
  readonly result: string;
  /** Of a run that wants all anew; undefined: whatever an earlier run left there is good. */
  readonly run?: string;
}

/** "j" and SHA-256 in hexadecimal: BullMQ takes no bare number for a name. */
export function jobId({ path, sizeBytes, modifiedMs, payload, result, run }: JobIdentity): string {
  const { provider, settings, wishes, strict, raw } = payload;
  const hash = settingsHash({ provider, settings, wishes, ...(raw === undefined ? {} : { raw }) });
  const facts = [path, sizeBytes, modifiedMs, hash, strict, result, run ?? null];
  return `j${createHash("sha256").update(JSON.stringify(facts)).digest("hex")}`;
}
