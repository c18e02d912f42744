/**
 * What is written down of a job in one step each. Scripts, and no transactions: those the client
 * makes anew each time, with all the scripts that it knows: with two a job they took a sixth of a worker's time.
 */
import type { Redis } from "ioredis";

type Words = readonly (string | number | Uint8Array)[];

export interface StoreSteps {
  /** The fields and values of a hash, and for how many seconds it is kept. */
  keepAnswers(key: string, keptSeconds: number, ...fields: Words): Promise<void>;
  /** An outcome, and for how many seconds it is kept; the input is not needed any more. */
  keepOutcome(
    key: string,
    inputKey: string,
    keptSeconds: number,
    outcome: Uint8Array,
  ): Promise<void>;
}

/** By hundreds: a script's arguments become a Lua stack, which is not endless. */
const KEEP_ANSWERS = `
for i = 2, #ARGV, 200 do
  redis.call('HSET', KEYS[1], unpack(ARGV, i, math.min(i + 199, #ARGV)))
end
redis.call('EXPIRE', KEYS[1], ARGV[1])
`;

const KEEP_OUTCOME = `
redis.call('SET', KEYS[1], ARGV[2], 'EX', ARGV[1])
redis.call('UNLINK', KEYS[2])
`;

/** Makes a client know them. */
export function storeSteps(client: Redis): StoreSteps {
  const stepOf = (name: string, numberOfKeys: number, lua: string) => {
    client.defineCommand(name, { numberOfKeys, lua });
    const run: unknown = Reflect.get(client, name);
    return async (...words: Words) => {
      await (run as (...words: Words) => Promise<unknown>).apply(client, [...words]);
    };
  };
  return {
    keepAnswers: stepOf("asrKeepAnswers", 1, KEEP_ANSWERS),
    keepOutcome: stepOf("asrKeepOutcome", 2, KEEP_OUTCOME),
  };
}
