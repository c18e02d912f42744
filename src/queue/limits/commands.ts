/** The scripts as functions: typed arguments and answers, one round trip each. */
import type { Redis } from "ioredis";
import type { Refusal } from "../../http/limiter.ts";
import { type LimitScripts, limitScripts } from "./scripts.ts";

/** Milliseconds until the worker may ask for a place; undefined: until it is called. */
export type Turn = number | undefined;

export interface Entry {
  readonly granted: boolean;
  readonly turn: Turn;
}

export interface RefusalEntry {
  readonly refusal: Refusal;
  readonly turn: Turn;
}

/** One limit of one account, as one worker speaks of it to Redis. */
export interface LimitCommands {
  /** @param left a place that is given back first, in the same step */
  enter(place: string, wish: Wish, left?: string): Promise<Entry>;
  started(place: string): Promise<Turn>;
  /** @param count refusals of this place so far, with this one */
  refuse(place: string, count: number, askedMs: number): Promise<RefusalEntry>;
  leave(place: string): Promise<Turn>;
  beat(waits: boolean, held: readonly string[], asked: readonly string[]): Promise<Turn>;
}

export interface Wish {
  readonly maxConcurrency: number;
  readonly maxStartsPerSecond?: number;
  /** How many requests of this worker wait, with this one. */
  readonly wanted: number;
}

type Script = (...keysAndWords: (string | number)[]) => Promise<unknown>;

/**
 * Makes a client know the scripts. It sends them by their digest (EVALSHA), and whole to a server
 * that has not seen them yet.
 *
 * @returns the commands of a limit, by its keys and the worker's name
 */
export function limitCommands(
  client: Redis,
  scripts: LimitScripts = limitScripts(),
): (keys: readonly string[], worker: string) => LimitCommands {
  const scriptOf = (name: keyof LimitScripts): Script => {
    const command = `asrLimit${name}`;
    client.defineCommand(command, { numberOfKeys: 7, lua: scripts[name] });
    const run: unknown = Reflect.get(client, command);
    return (...words) => (run as Script).call(client, ...words);
  };
  const enter = scriptOf("enter");
  const started = scriptOf("started");
  const refuse = scriptOf("refuse");
  const leave = scriptOf("leave");
  const beat = scriptOf("beat");
  return (keys, worker) => ({
    async enter(place, { maxConcurrency, maxStartsPerSecond = 0, wanted }, left) {
      const words = [...keys, worker, place, maxConcurrency, maxStartsPerSecond, wanted];
      const reply = await enter(...words, ...(left === undefined ? [] : [left]));
      const [granted, waitMs] = numbers(reply);
      return { granted: granted === 1, turn: turnOf(waitMs) };
    },
    async started(place) {
      return turnOf(await started(...keys, worker, place));
    },
    async refuse(place, count, askedMs) {
      const words = [...keys, worker, place, count, Math.ceil(askedMs)];
      const [forMs, isPassing, waitMs] = numbers(await refuse(...words));
      return { refusal: { forMs, isPassing: isPassing === 1 }, turn: turnOf(waitMs) };
    },
    async leave(place) {
      return turnOf(await leave(...keys, worker, place));
    },
    async beat(waits, held, asked) {
      const words = [...keys, worker, waits ? 1 : 0, held.length, ...held, ...asked];
      return turnOf(await beat(...words));
    },
  });
}

function numbers(reply: unknown): [number, number, number] {
  const [first = 0, second = 0, third = 0] = Array.isArray(reply) ? reply.map(Number) : [];
  return [first, second, third];
}

function turnOf(waitMs: unknown): Turn {
  return typeof waitMs === "number" && waitMs >= 0 ? waitMs : undefined;
}
