/** What of the settings changes a result, as one short name. */
import { createHash } from "node:crypto";
import type { RawFormat } from "../../audio/types.ts";
import type { RecognitionSettings } from "../../providers/contract.ts";
import type { PlanWishes } from "../plan.ts";

/**
 * No credentials, no addresses, nothing of the network: these change no result. Nor do the formats
 * beyond what the provider is asked for because of them, which is in `settings`: whether each has
 * its file is told by the files.
 */
export interface ResultSettings {
  readonly provider: string;
  readonly settings: RecognitionSettings;
  readonly wishes: PlanWishes;
  /** What headerless audio is taken for. */
  readonly raw?: RawFormat;
}

/** SHA-256, lower-case hex; the order of names makes no difference. */
export function settingsHash(settings: ResultSettings): string {
  return createHash("sha256")
    .update(JSON.stringify(sorted(settings)))
    .digest("hex");
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  return entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, item]) => [name, sorted(item)]);
}
