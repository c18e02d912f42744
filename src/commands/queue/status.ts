/** `asr batch status --queue`: how the queues stand that several machines share. */
import { type QueueStatus, queueStatuses } from "../../queue/status.ts";
import type { Settings } from "../../settings/load.ts";
import { tableText } from "../../terminal/table.ts";
import type { World } from "../world.ts";
import { connectQueue, queueUrl } from "./connect.ts";

export async function showQueues(settings: Settings, world: World): Promise<void> {
  const connection = await connectQueue(queueUrl(settings), settings, world);
  try {
    const queues = await queueStatuses(connection.client, world.now());
    const text = settings.values.json ? jsonText(queues) : queuesText(queues, connection.host);
    await world.stdout.write(text);
  } finally {
    connection.close();
  }
}

function jsonText(queues: readonly QueueStatus[]): string {
  const shown = queues.map(({ perMinute, ...rest }) => ({ ...rest, per_minute: perMinute }));
  return `${JSON.stringify({ queues: shown }, undefined, 2)}\n`;
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
