/** What belongs to a job and is not the queue's: its bytes, its answers and what became of it. */
import type { Redis } from "ioredis";
import { AsrError, messageOf } from "../errors.ts";
import { answersKey, INPUT_KEPT_SECONDS, inputKey, KEPT_SECONDS, outcomeKey } from "./names.ts";
import { type Answer, type Outcome, packed, unpackedAnswer, unpackedOutcome } from "./outcome.ts";
import { type StoreSteps, storeSteps } from "./store-steps.ts";

export interface Finished {
  /** Undefined: its workers died before they could say. */
  readonly outcome?: Outcome;
  readonly answers: readonly Answer[];
}

export class JobStore {
  readonly #redis: Redis;
  readonly #steps: StoreSteps;
  readonly #secrets: readonly string[];

  /** @param secrets none of them is written down */
  constructor(redis: Redis, secrets: readonly string[] = []) {
    this.#redis = redis;
    this.#steps = storeSteps(redis);
    this.#secrets = secrets;
  }

  async putInput(job: string, bytes: Uint8Array): Promise<void> {
    await this.#redis.set(inputKey(job), Buffer.from(bytes), "EX", INPUT_KEPT_SECONDS);
  }

  async input(job: string): Promise<Uint8Array | undefined> {
    return (await this.#redis.getBuffer(inputKey(job))) ?? undefined;
  }

  /** @param request what names the request's audio */
  async answer(job: string, request: string): Promise<Answer | undefined> {
    const bytes = await this.#redis.hgetBuffer(answersKey(job), request);
    return bytes === null ? undefined : legible(() => unpackedAnswer(bytes));
  }

  /** Resolves once Redis has them: from then on nobody asks for them again. */
  async putAnswers(job: string, answers: ReadonlyMap<string, Answer>): Promise<void> {
    if (answers.size === 0) return;
    const key = answersKey(job);
    const fields = [...answers].flatMap(([request, answer]) => [
      request,
      packed(answer, this.#secrets),
    ]);
    await this.#steps.keepAnswers(key, KEPT_SECONDS, ...fields);
  }

  async putOutcome(job: string, outcome: Outcome): Promise<void> {
    const bytes = packed(outcome, this.#secrets);
    await this.#steps.keepOutcome(outcomeKey(job), inputKey(job), KEPT_SECONDS, bytes);
  }

  async outcome(job: string): Promise<Outcome | undefined> {
    const bytes = await this.#redis.getBuffer(outcomeKey(job));
    return bytes === null ? undefined : legible(() => unpackedOutcome(bytes));
  }

  async finished(job: string): Promise<Finished> {
    const [outcome, answers] = await Promise.all([
      this.outcome(job),
      this.#redis.hgetallBuffer(answersKey(job)),
    ]);
    return legible(() => ({
      ...(outcome === undefined ? {} : { outcome }),
      answers: Object.values(answers).map(unpackedAnswer),
    }));
  }

  /** It is to be done again, now or later; what was answered stays. */
  async keepAnswersOnly(job: string): Promise<void> {
    await this.#redis.unlink(inputKey(job), outcomeKey(job));
  }

  /** All that there is of it, without the job itself. */
  async drop(job: string): Promise<void> {
    await this.#redis.unlink(inputKey(job), answersKey(job), outcomeKey(job));
  }
}

function legible<Read>(read: () => Read): Read {
  try {
    return read();
  } catch (error) {
    throw new AsrError("network", "what came back through the queue can't be read", {
      reason: messageOf(error).split("\n")[0] ?? "",
      hint: "use the same version of asr for the workers and for who submits",
    });
  }
}
