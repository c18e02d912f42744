/**
 * Who wait for one account's places, by what their requests belong to. The next place goes to the
 * flow with the fewest requests at the vendor, among equals to the one that has waited longest: a
 * recording of a hundred parts leaves one of a single part its turn. Fair queuing by requests
 * (J. Nagle, RFC 970), since nobody knows how long one will take. Pure.
 */

/** Requests that belong together: those of one recording. */
export type Flow = symbol;

interface FlowState<Item> {
  readonly waiting: Item[];
  atVendor: number;
  /** Rises: when it was served last, or came. */
  since: number;
}

export class FairLine<Item> {
  readonly #flows = new Map<Flow, FlowState<Item>>();
  #turn = 0;

  add(flow: Flow, item: Item): void {
    this.#stateOf(flow).waiting.push(item);
  }

  /** @returns whether it was still waiting */
  remove(flow: Flow, item: Item): boolean {
    const waiting = this.#flows.get(flow)?.waiting ?? [];
    const index = waiting.indexOf(item);
    if (index === -1) return false;
    waiting.splice(index, 1);
    this.#forgetIdle(flow);
    return true;
  }

  /** Whose turn it is; undefined where nobody waits. */
  get next(): Item | undefined {
    return this.#first()?.waiting[0];
  }

  /** Takes the one whose turn it is out of the line: from now on it is at the vendor. */
  take(): void {
    const first = this.#first();
    if (first === undefined) return;
    first.waiting.shift();
    this.#serve(first);
  }

  /** Another one of a flow is at the vendor, that did not wait here. */
  pass(flow: Flow): void {
    this.#serve(this.#stateOf(flow));
  }

  /** One of a flow is not at the vendor any more. */
  leave(flow: Flow): void {
    const state = this.#flows.get(flow);
    if (state !== undefined) state.atVendor -= 1;
    this.#forgetIdle(flow);
  }

  #stateOf(flow: Flow): FlowState<Item> {
    const known = this.#flows.get(flow);
    if (known !== undefined) return known;
    this.#turn += 1;
    const state = { waiting: [], atVendor: 0, since: this.#turn };
    this.#flows.set(flow, state);
    return state;
  }

  #serve(state: FlowState<Item>): void {
    this.#turn += 1;
    state.atVendor += 1;
    state.since = this.#turn;
  }

  #first(): FlowState<Item> | undefined {
    let first: FlowState<Item> | undefined;
    for (const state of this.#flows.values()) {
      if (state.waiting.length === 0) continue;
      if (first === undefined || goesBefore(state, first)) first = state;
    }
    return first;
  }

  #forgetIdle(flow: Flow): void {
    const state = this.#flows.get(flow);
    if (state?.waiting.length === 0 && state.atVendor === 0) this.#flows.delete(flow);
  }
}

function goesBefore(a: FlowState<unknown>, b: FlowState<unknown>): boolean {
  return a.atVendor === b.atVendor ? a.since < b.since : a.atVendor < b.atVendor;
}
