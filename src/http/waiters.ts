/**
 * Who wait for one account, in the order in which they have their turns: repeats first, then by
 * flows. Pure.
 */
import { FairLine, type Flow } from "./fair-line.ts";

export class Waiters<Waiter extends { readonly flow: Flow }> {
  readonly #newcomers = new FairLine<Waiter>();
  readonly #repeats: Waiter[] = [];
  #count = 0;

  /** How many wait. */
  get count(): number {
    return this.#count;
  }

  /** @param again goes before those who were never sent */
  add(waiter: Waiter, again: boolean): void {
    this.#count += 1;
    if (again) this.#repeats.push(waiter);
    else this.#newcomers.add(waiter.flow, waiter);
  }

  /** @returns whether it was still waiting */
  remove(waiter: Waiter): boolean {
    const index = this.#repeats.indexOf(waiter);
    const waited = index !== -1 || this.#newcomers.remove(waiter.flow, waiter);
    if (index !== -1) this.#repeats.splice(index, 1);
    if (waited) this.#count -= 1;
    return waited;
  }

  /** Whose turn it is; undefined where nobody waits. */
  get next(): Waiter | undefined {
    return this.#repeats[0] ?? this.#newcomers.next;
  }

  /** Takes the one whose turn it is: from now on it is at the vendor. */
  take(): Waiter | undefined {
    const { next } = this;
    if (next === undefined) return undefined;
    this.#count -= 1;
    if (next === this.#repeats[0]) {
      this.#repeats.shift();
      this.#newcomers.pass(next.flow);
    } else this.#newcomers.take();
    return next;
  }

  /** One of a flow is not at the vendor any more. */
  leave(flow: Flow): void {
    this.#newcomers.leave(flow);
  }
}
