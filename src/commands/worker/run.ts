/** What `asr worker` does, loaded once it is clear that it is to work. */
import { stat } from "node:fs/promises";
import { hostname } from "node:os";
import path from "node:path";
import { systemCode, usageError } from "../../errors.ts";
import { openNetwork, systemClock } from "../../jobs/network.ts";
import { findAudioTools } from "../../jobs/plan-request.ts";
import { JobStore } from "../../queue/job-store.ts";
import { createSharedLimiter } from "../../queue/limits/shared-limiter.ts";
import { handingBack } from "../../queue/work/hand-back.ts";
import { stoppingLimiter } from "../../queue/work/stopping-limiter.ts";
import { work } from "../../queue/work/worker.ts";
import type { Settings } from "../../settings/load.ts";
import { networkSettings } from "../context.ts";
import { connectQueue, queueUrl } from "../queue/connect.ts";
import type { World } from "../world.ts";
import { accountsOf, recogniserFor, vendorQueues, workersProviders } from "./providers.ts";
import { workLog } from "./work-log.ts";

/**
 * Works until the first signal, and then until what it has is finished or handed back.
 *
 * @throws AsrError for a queue or a folder that can't be had, or credentials that are missing; the signal's
 *   reason where a second signal came.
 */
export async function runWorker(settings: Settings, world: World): Promise<void> {
  const { values } = settings;
  const url = queueUrl(settings);
  const root = await folderToRead(values.root ?? ".", world);
  const connection = await connectQueue(url, settings, world);
  const stopping = world.ending();
  const tellOfEnd = () =>
    world.console.note("ends once what is at a vendor is back; a second signal ends it at once");
  stopping.addEventListener("abort", tellOfEnd, { once: true });
  try {
    const limiter = createSharedLimiter({
      redis: connection,
      clock: systemClock,
      randomBytes: world.randomBytes,
      accountOf: accountsOf(settings),
    });
    const network = await openNetwork({
      ...networkSettings(settings, world),
      limiter: stoppingLimiter(limiter, handingBack(stopping)),
    });
    const providers = await workersProviders(settings, world, network);
    const secrets = providers.flatMap(({ context }) => Object.values(context.account.credentials));
    const tools = await findAudioTools(
      providers.map(({ provider }) => provider),
      world.console.debug,
      world,
    );
    const queues = vendorQueues(providers, settings);
    const names = queues.map(({ name }) => name).join(", ");
    world.console.note(`working for ${names} at ${connection.host}; files below ${root} are read`);
    try {
      await work({
        redis: connection.client,
        queues,
        concurrency: values.concurrency ?? Number.POSITIVE_INFINITY,
        shop: {
          store: new JobStore(connection.client, secrets),
          root,
          secrets,
          recogniserFor: recogniserFor(providers),
          ...tools,
          temporaryFolder: world.temporaryFolder,
          onExit: world.onExit,
        },
        name: `${hostname()}:${process.pid}`,
        listener: workLog(world.console),
        clock: systemClock,
        stopping,
        signal: world.signal,
      });
    } finally {
      await limiter.close();
      await Promise.all(providers.map(({ context }) => context.http.close()));
    }
  } finally {
    connection.close();
  }
  world.signal.throwIfAborted();
}

/** @throws AsrError kind "usage" where it is no folder: every job would fail for that. */
async function folderToRead(root: string, { workingFolder }: World): Promise<string> {
  const folder = path.resolve(workingFolder, root);
  const status = await stat(folder).catch((error: unknown) => {
    throw usageError(
      `the folder ${root} can't be read`,
      "check --root: jobs name files below it",
      systemCode(error),
    );
  });
  if (status.isDirectory()) return folder;
  throw usageError(`--root ${root} is no folder`, "name the folder that holds the recordings");
}
