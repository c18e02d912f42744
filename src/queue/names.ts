/**
 * What stands in Redis, by its keys. BullMQ's own keys are `asr:<queue>:…`; beside them:
 *
 * - `asr:queues`, a set: the names of all queues that were ever used
 * - `asr:job:<id>:input`, a string: the bytes of a small input
 * - `asr:job:<id>:answers`, a hash: what was answered to each request of the job
 * - `asr:job:<id>:outcome`, a string: what became of it
 *
 * Nothing in them is a secret, an address or a credential.
 */

import { KEY_PREFIX } from "./limits/model.ts";

export { KEY_PREFIX } from "./limits/model.ts";

export const QUEUES_KEY = `${KEY_PREFIX}:queues`;

/** The queue of an account at a vendor; `account` is the user's name for it, without a colon. */
export function queueName(vendor: string, account: string): string {
  return `asr-${vendor}-${account}`;
}

export function inputKey(job: string): string {
  return `${KEY_PREFIX}:job:${job}:input`;
}

export function answersKey(job: string): string {
  return `${KEY_PREFIX}:job:${job}:answers`;
}

export function outcomeKey(job: string): string {
  return `${KEY_PREFIX}:job:${job}:outcome`;
}

/** What nobody came for is gone after so long. */
export const KEPT_SECONDS = 7 * 24 * 3600;

/** An input waits as long as its job may. */
export const INPUT_KEPT_SECONDS = 30 * 24 * 3600;
