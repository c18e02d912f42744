/** `asr batch status --queue`: how the queues stand that several machines share. */
import { type LimitStanding, limitStandings } from "../../queue/limits/standing.ts";
import { type QueueStatus, queueStatuses } from "../../queue/status.ts";
import type { Settings } from "../../settings/load.ts";
import { tableText } from "../../terminal/table.ts";
import type { World } from "../world.ts";
import { connectQueue, queueUrl } from "./connect.ts";

export async function showQueues(settings: Settings, world: World): Promise<void> {
  const connection = await connectQueue(queueUrl(settings), settings, world);
  try {
    const queues = await queueStatuses(connection.client, world.now());
    const limits = await limitStandings(connection.client);
    const text = settings.values.json
      ? jsonText(queues, limits)
      : queuesText(queues, connection.host) + limitsText(limits);
    await world.stdout.write(text);
  } finally {
    connection.close();
  }
}

function jsonText(queues: readonly QueueStatus[], limits: readonly LimitStanding[]): string {
  const shown = queues.map(({ perMinute, ...rest }) => ({ ...rest, per_minute: perMinute }));
  const inForce = limits.map(({ name, atVendor, atOnce, limit, perSecond }) => ({
    name,
    at_vendor: atVendor,
    at_once: atOnce,
    limit,
    per_second: perSecond,
  }));
  return `${JSON.stringify({ queues: shown, limits: inForce }, undefined, 2)}\n`;
}

const NUMBERS = new Set([1, 2, 3, 4, 5, 6]);

function queuesText(queues: readonly QueueStatus[], host: string): string {
  if (queues.length === 0) return `no batch was ever put on the queue at ${host}\n`;
  const head = ["queue", "waiting", "active", "failed", "done", "per minute", "workers"];
  const rows = queues.map((queue) => [
    queue.name,
    `${queue.waiting + queue.delayed}`,
    `${queue.active}`,
    `${queue.failed}`,
    `${queue.completed}`,
    `${queue.perMinute}`,
    `${queue.workers.length}`,
  ]);
  return tableText([head, ...rows], { right: NUMBERS });
}

function limitsText(limits: readonly LimitStanding[]): string {
  if (limits.length === 0) return "";
  const head = ["account's limit", "at the vendor", "at once", "a second"];
  const rows = limits.map(({ name, atVendor, atOnce, limit, perSecond }) => [
    name,
    `${atVendor}`,
    atOnce === limit ? `${limit}` : `${atOnce} of ${limit}`,
    perSecond === undefined ? "any" : `${perSecond}`,
  ]);
  return `\n${tableText([head, ...rows], { right: new Set([1, 2, 3]) })}`;
}
