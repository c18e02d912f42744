/** All vendors on loopback at once, and the environment of somebody who has an account at each. */
import { VENDOR_SETUPS } from "../cli/vendor-accounts.ts";
import type { VendorDouble } from "../vendors/server/double.ts";

export interface Accounts {
  readonly environment: Readonly<Record<string, string>>;
  violations(): readonly string[];
  close(): Promise<void>;
}

export async function openAccounts(): Promise<Accounts> {
  const doubles: VendorDouble[] = [];
  const environment: Record<string, string> = {};
  for (const { start, baseUrl, credentials } of Object.values(VENDOR_SETUPS)) {
    if (environment[baseUrl] !== undefined) continue;
    const double = await start();
    doubles.push(double);
    Object.assign(environment, credentials, { [baseUrl]: double.origin });
  }
  return {
    environment,
    violations: () => doubles.flatMap(({ violations }) => violations),
    close: async () => void (await Promise.all(doubles.map((double) => double.close()))),
  };
}
