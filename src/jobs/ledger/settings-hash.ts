/** What of the settings changes a result, as one short name. */
import { createHash } from "node:crypto";
import type { RawFormat } from "../../audio/types.ts";
import type { RecognitionSettings } from "../../providers/contract.ts";
import type { PlanWishes } from "../plan.ts";
import { canonicalJson } from "./canonical-json.ts";

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
  return createHash("sha256").update(canonicalJson(settings)).digest("hex");
}
