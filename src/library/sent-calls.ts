/** Whether a vendor has done, or may have done, anything for a job. */
import { AsrError } from "../errors.ts";
import type { Call, HttpClient } from "../http/client.ts";

export class SentCalls {
  #count = 0;

  /** True where the job may be run again: nothing is, or may be, billed for it. */
  get areNone(): boolean {
    return this.#count === 0;
  }

  /** The same client; its calls are counted, but for those that the vendor plainly refused. */
  watch(http: HttpClient): HttpClient {
    return { ...http, send: (call) => this.#send(http, call) };
  }

  async #send<T>(http: HttpClient, call: Call<T>): Promise<T> {
    let isSent = false;
    let isDoubtful = false;
    const watched: Call<T> = {
      ...call,
      onSent: (attempt) => {
        if (!isSent) this.#count += 1;
        isSent = true;
        call.onSent?.(attempt);
      },
      onPossiblyBilledTwice: () => {
        isDoubtful = true;
        call.onPossiblyBilledTwice?.();
      },
    };
    try {
      return await http.send(watched);
    } catch (error) {
      const isRefused = error instanceof AsrError && error.retryable;
      if (isSent && isRefused && !isDoubtful && error.details.outcomeUnknown !== true) {
        this.#count -= 1;
      }
      throw error;
    }
  }
}
