/** What is known of one job on the queue, for whoever waits for it. */
import { Bell } from "../../http/bell.ts";
import type { JobProgress } from "../progress.ts";

/** `lost`: the queue does not know it any more. */
export type JobNews =
  | { readonly type: "began" | "ended" | "lost" }
  | { readonly type: "progress"; readonly progress: JobProgress };

export class Following {
  /** True once the queue has it: before, it is no news that it is not there. */
  isPut = false;
  readonly #letGo: () => void;
  readonly #bell = new Bell();
  readonly #news: JobNews[] = [];
  #hasBegun = false;

  constructor(letGo: () => void) {
    this.#letGo = letGo;
  }

  began(): void {
    if (this.#hasBegun) return;
    this.#hasBegun = true;
    this.#tell({ type: "began" });
  }

  progressed(progress: JobProgress): void {
    this.#tell({ type: "progress", progress });
  }

  ended(): void {
    this.#tell({ type: "ended" });
  }

  lost(): void {
    if (this.isPut) this.#tell({ type: "lost" });
  }

  /** @returns undefined where the signal was aborted */
  async next(signal: AbortSignal): Promise<JobNews | undefined> {
    const wake = () => this.#bell.ring();
    signal.addEventListener("abort", wake, { once: true });
    try {
      for (;;) {
        if (signal.aborted) return undefined;
        const news = this.#news.shift();
        if (news !== undefined) return news;
        await this.#bell.wait();
      }
    } finally {
      signal.removeEventListener("abort", wake);
    }
  }

  stop(): void {
    this.#letGo();
  }

  #tell(news: JobNews): void {
    this.#news.push(news);
    this.#bell.ring();
  }
}
