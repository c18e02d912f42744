/** A Feishu double and a world that speaks to it. */
import { createHash } from "node:crypto";
import type { Account } from "../../../src/providers/contract.ts";
import type { FeishuDouble, FeishuDoubleOptions } from "../../vendors/feishu/server.ts";
import { openFeishu } from "../../vendors/hand/open-doubles.ts";
import { HurriedClock, openWorld, type World, type WorldOptions } from "../vendor-world.ts";

export function accountOf(vendor: FeishuDouble, changes: Partial<Account> = {}): Account {
  const { appId, appSecret } = vendor.app;
  return { baseUrl: vendor.origin, credentials: { appId, appSecret }, ...changes };
}

export interface Opened {
  readonly vendor: FeishuDouble;
  readonly world: World;
  readonly clock: HurriedClock;
}

/** Double and world go by one clock, which hurries through every wait. */
export async function open(
  options: FeishuDoubleOptions = {},
  changes: Partial<WorldOptions> = {},
): Promise<Opened> {
  const clock = new HurriedClock();
  const vendor = await openFeishu({ clock: () => clock.now(), ...options });
  const world = openWorld({ account: accountOf(vendor), clock, ...changes });
  return { vendor, world, clock };
}

export const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

/** The requests that carried speech. */
export const speechOf = (vendor: FeishuDouble) =>
  vendor.requests.filter((request) => request.path !== vendor.paths.token);
export const tokenCallsOf = (vendor: FeishuDouble) =>
  vendor.requests.filter((request) => request.path === vendor.paths.token);
