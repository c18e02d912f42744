/** Whether a batch goes to a queue, and how it is followed there. */
import { usageError } from "../../errors.ts";
import { systemClock } from "../../jobs/network.ts";
import type { OutputFolder } from "../../jobs/outputs/destination.ts";
import type { Submitter } from "../../queue/submit/submitter.ts";
import type { Settings } from "../../settings/load.ts";
import type { World } from "../world.ts";
import { accountLabel } from "./account-label.ts";
import { connectQueue } from "./connect.ts";

/** Flags that are for whoever asks the vendor. */
const WORKERS_OWN = [
  ["retries", "--retries"],
  ["timeout", "--timeout"],
  ["proxy", "--proxy"],
] as const;

/**
 * @returns undefined where the inputs are recognised here
 * @throws AsrError kind "usage" for a flag that can't be followed.
 */
export function queueFor(
  settings: Settings,
  folder: OutputFolder | undefined,
  { console }: Pick<World, "console">,
): string | undefined {
  const { values, sources } = settings;
  const { queue, record, replay } = values;
  if (queue === undefined) return undefined;
  const tape = record !== undefined ? "--record" : replay !== undefined ? "--replay" : undefined;
  if (folder === undefined || tape !== undefined) {
    const need =
      tape === undefined ? "needs an output folder" : `and ${tape} contradict each other`;
    const hint =
      tape === undefined
        ? "name one: -o transcripts/"
        : "leave one of them out: workers ask by themselves";
    if (sources.queue === "flag") throw usageError(`--queue ${need}`, hint);
    console.warning({
      code: "queue-unused",
      message: `the queue is not used: it ${need}; the work is done here`,
    });
    return undefined;
  }
  for (const [key, flag] of WORKERS_OWN) {
    if (sources[key] !== "flag") continue;
    throw usageError(
      `${flag} is for whoever asks the vendor, and with a queue that is a worker`,
      `give it to asr worker`,
    );
  }
  return queue;
}

export interface Submission {
  readonly delegate: Submitter;
  close(): Promise<void>;
}

/** @param run of a run that does all anew; undefined: what earlier runs left there is taken */
export async function openSubmission(
  url: string,
  { folder, run }: { readonly folder: string; readonly run: string | undefined },
  settings: Settings,
  world: World,
): Promise<Submission> {
  const connection = await connectQueue(url, settings, world);
  world.console.debug(`the jobs go to the queue at ${connection.host}; its workers do them`);
  // Loaded by those alone who have a queue.
  const { Submitter: Delegate } = await import("../../queue/submit/submitter.ts");
  const delegate = new Delegate({
    redis: connection.client,
    clock: systemClock,
    folder,
    ...(run === undefined ? {} : { anew: run }),
    accountOf: (vendor) => accountLabel(settings, vendor),
    onTrouble: ({ message }) => world.console.debug(`queue: ${message}`),
    onAlone: (name) =>
      world.console.warning({
        code: "no-worker",
        message: `nobody works for ${name} at ${connection.host}: start asr worker --queue there`,
      }),
  });
  return {
    delegate,
    async close() {
      const { leftRunning } = delegate;
      if (leftRunning > 0) {
        world.console.note(
          `${leftRunning} stay with the queue's workers: the same command takes their results`,
        );
      }
      await delegate.close();
      connection.close();
    },
  };
}
