/** The answers of one job, in Redis: whoever takes the job over asks for none of them again. */
import { requestOf } from "../../jobs/ledger/ledger-parts.ts";
import type { KeptEvent, PartPlace, PartStore } from "../../jobs/parts/stored.ts";
import type { JobStore } from "../job-store.ts";

export interface JobAnswersRequest {
  readonly store: JobStore;
  readonly job: string;
  /** Whether what was answered before the job was put on the queue is for these very bytes. */
  readonly earlierHold: boolean;
}

export class JobAnswers implements PartStore {
  readonly #request: JobAnswersRequest;

  constructor(request: JobAnswersRequest) {
    this.#request = request;
  }

  async load(place: PartPlace): Promise<readonly KeptEvent[] | undefined> {
    const { store, job, earlierHold } = this.#request;
    const answer = await store.answer(job, requestOf(place));
    if (answer === undefined || (answer.place === undefined && !earlierHold)) return undefined;
    return answer.events;
  }

  async save(place: PartPlace, events: readonly KeptEvent[]): Promise<void> {
    const { store, job } = this.#request;
    await store.putAnswers(job, new Map([[requestOf(place), { place, events }]]));
  }
}
