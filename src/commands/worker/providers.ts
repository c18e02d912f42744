/** Whom a worker can ask: those it has credentials for, or the one that is named. */
import { AsrError, usageError } from "../../errors.ts";
import type { Network } from "../../jobs/network.ts";
import { aheadOf, jobsAtOnce, type Recogniser } from "../../jobs/recogniser.ts";
import { PLAIN_SETTINGS, type Provider, type ProviderContext } from "../../providers/contract.ts";
import { PROVIDERS } from "../../providers/registry.ts";
import { queueName } from "../../queue/names.ts";
import type { Payload } from "../../queue/payload.ts";
import type { WorkerQueue } from "../../queue/work/worker.ts";
import type { Settings } from "../../settings/load.ts";
import { refuseOwnedName } from "../../settings/parameters.ts";
import { providerContext } from "../context.ts";
import { accountLabel } from "../queue/account-label.ts";
import type { World } from "../world.ts";

export interface Asked {
  readonly provider: Provider;
  readonly context: ProviderContext;
}

/** More jobs at once would only wait here, for a place that another worker could have sooner. */
const MOST_AT_ONCE = 50;

/**
 * All providers of each vendor that is named, or set up: they share an account, and a queue.
 *
 * @throws AsrError kind "credentials" where there is none; "usage" or "credentials" for one that is
 *   named and can't work.
 */
export async function workersProviders(
  settings: Settings,
  world: World,
  network: Network,
): Promise<readonly Asked[]> {
  const named =
    settings.sources.provider === "default"
      ? undefined
      : PROVIDERS.find(({ id }) => id === settings.values.provider);
  const asked: Asked[] = [];
  for (const registered of PROVIDERS) {
    const isWanted = named === undefined ? registered.remote : registered.vendor === named.vendor;
    if (!isWanted) continue;
    const provider = await registered.load();
    const context = providerContext(provider, settings, world, network);
    try {
      await provider.prepare(PLAIN_SETTINGS, context);
      asked.push({ provider, context });
    } catch (error) {
      if (provider.id === named?.id || !isNotSetUp(error)) throw error;
    }
  }
  if (asked.length > 0) return asked;
  throw new AsrError("credentials", "no vendor's credentials are set", {
    hint: "set those of the account whose jobs it is to take (asr doctor shows them), or add -p local",
  });
}

function isNotSetUp(error: unknown): boolean {
  return error instanceof AsrError && (error.kind === "credentials" || error.kind === "usage");
}

/** The account that a provider's limits are counted by, in the user's own words. */
export function accountsOf(settings: Settings): (provider: string) => string {
  const vendors = new Map(PROVIDERS.map(({ id, vendor }) => [id, vendor]));
  return (provider) => {
    const vendor = vendors.get(provider) ?? provider;
    return `${vendor}/${accountLabel(settings, vendor)}`;
  };
}

/** One queue an account. */
export function vendorQueues(asked: readonly Asked[], settings: Settings): readonly WorkerQueue[] {
  const byVendor = Map.groupBy(asked, ({ provider }) => provider.vendor);
  return [...byVendor].map(([vendor, group]) => {
    const atOnce = Math.max(
      ...group.map((one) => {
        const limit = jobsAtOnce({ ...one, settings: PLAIN_SETTINGS });
        return one.provider.capabilities.remote ? limit + aheadOf(limit) : limit;
      }),
    );
    return {
      name: queueName(vendor, accountLabel(settings, vendor)),
      atOnce: Math.min(atOnce, MOST_AT_ONCE),
    };
  });
}

/** Who does a job, with the worker's own account and the job's settings. */
export function recogniserFor(asked: readonly Asked[]): (payload: Payload) => Promise<Recogniser> {
  // Made once: to make a schema takes far longer than to check by it.
  const able = asked.map((one) => ({ ...one, schema: one.provider.parameters.partial() }));
  return async ({ provider: id, settings }) => {
    const found = able.find(({ provider }) => provider.id === id);
    if (found === undefined) {
      throw usageError(
        `the worker does not know the provider ${id}`,
        "use the same version of asr for the workers and for who submits",
      );
    }
    const { provider, context, schema } = found;
    refuseModelPath(provider, settings.model);
    // What stands in the queue is checked as what stands on a command line is.
    const parameters = checkedParameters(id, schema, settings.parameters);
    for (const name of Object.keys(settings.uncheckedParameters)) refuseOwnedName(name);
    await provider.prepare(settings, context);
    return { provider, context, settings: { ...settings, parameters } };
  };
}

/** Whoever writes to the queue could have any file of this machine opened. */
function refuseModelPath({ id, capabilities }: Provider, model = ""): void {
  if (capabilities.remote || !/[/\\]|^[.~]/.test(model)) return;
  throw usageError(
    `the model ${model} of ${id} is a path, which a queue does not take`,
    "name an installed model: -m base",
  );
}

function checkedParameters(
  id: string,
  schema: Provider["parameters"],
  given: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  for (const name of Object.keys(given)) refuseOwnedName(name);
  const checked = schema.safeParse(given);
  if (checked.success) return checked.data;
  const [issue] = checked.error.issues;
  throw usageError(
    `a job has a parameter that ${id} does not take`,
    "use the same version of asr for the workers and for who submits",
    issue?.message,
  );
}
