/** The user's name for the account at a vendor: queues and limits go by it. */
import type { Settings } from "../../settings/load.ts";

export function accountLabel({ vendors }: Settings, vendor: string): string {
  return vendors[vendor]?.account ?? "default";
}
