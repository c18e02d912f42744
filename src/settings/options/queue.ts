/** Options: the queue that several machines share. */
import { type OptionRow, TRANSCRIBERS } from "./row.ts";

export const QUEUE_OPTIONS = [
  {
    key: "queue",
    argument: "URL",
    value: {
      kind: "string",
      pattern: /^rediss?:\/\/\S+$/,
      expects: 'the address of a Redis such as "redis://queue.example:6379"',
    },
    example: "rediss://queue.example:6379",
    // Its password stays out of every report; a flag with one would stand in the process list.
    secret: true,
    flagWithoutPassword: true,
    refusedUntrusted: "always",
    help: "the Redis or Valkey through which several machines share a batch",
    group: "Queue",
    commands: [...TRANSCRIBERS, "worker", "batch status"],
  },
  {
    key: "root",
    argument: "DIR",
    value: { kind: "string" },
    example: "/mnt/recordings",
    path: true,
    refusedUntrusted: "always",
    help: "the folder below which a worker opens files; by itself the working folder",
    group: "Queue",
    commands: ["worker"],
  },
] as const satisfies readonly OptionRow[];
