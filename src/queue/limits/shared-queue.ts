/**
 * Those of this process who wait for one limit of a shared account, and those who are at the vendor.
 * One of them at a time asks Redis for a place: who of this process gets it is decided here.
 */
import { abortable } from "../../http/abortable.ts";
import { Alarm } from "../../http/alarm.ts";
import { type Clock, monotonicMs } from "../../http/clock.ts";
import type { Flow } from "../../http/fair-line.ts";
import type { Account, EnterOptions, Place, Refusal } from "../../http/limiter.ts";
import { Waiters } from "../../http/waiters.ts";
import type { LimitCommands, Turn } from "./commands.ts";
import { BEAT_MS, LONGEST_WAIT_MS } from "./model.ts";

interface Waiter {
  readonly account: Account;
  readonly flow: Flow;
  readonly startsLater: boolean;
  readonly signal: AbortSignal;
  readonly admit: (place: Place) => void;
  readonly refuse: (error: unknown) => void;
}

export interface SharedQueueParts {
  readonly commands: LimitCommands;
  readonly clock: Clock;
  /** Names places. */
  readonly worker: string;
  /** What Redis says against a command, in our terms. */
  readonly asError: (error: unknown) => unknown;
}

export class SharedQueue {
  readonly #parts: SharedQueueParts;
  readonly #waiters = new Waiters<Waiter>();
  /** At the vendor. */
  readonly #held = new Set<string>();
  readonly #alarm: Alarm;
  /** The place that is being asked for. */
  #asked: string | undefined;
  /** When it was called, while it was asking. */
  #calledMs = Number.POSITIVE_INFINITY;
  /** Redis counts this worker among those who wait. */
  #isInLine = false;
  #beating: AbortController | undefined;
  #number = 0;
  /** What is heard from then on begins nothing: it would be there for a day, and nobody's. */
  #isClosed = false;

  constructor(parts: SharedQueueParts) {
    this.#parts = parts;
    this.#alarm = new Alarm(parts.clock, () => void this.#ask());
  }

  async enter(account: Account, options: EnterOptions): Promise<Place> {
    const { signal, again = false, startsLater = false, flow = Symbol("of its own") } = options;
    signal.throwIfAborted();
    const { promise, resolve, reject } = Promise.withResolvers<Place>();
    const waiter = { account, flow, startsLater, signal, admit: resolve, refuse: reject };
    const giveUp = () => {
      if (!this.#waiters.remove(waiter)) return;
      reject(signal.reason);
      this.#leaveLine();
    };
    this.#waiters.add(waiter, again);
    signal.addEventListener("abort", giveUp, { once: true });
    this.#beat();
    if (!this.#isInLine) void this.#ask();
    try {
      return await promise;
    } finally {
      signal.removeEventListener("abort", giveUp);
    }
  }

  /** The next turn is this worker's: now, or so much later. */
  called(turn: Turn): void {
    if (turn === undefined || this.#waiters.count === 0) return;
    const atMs = monotonicMs(this.#parts.clock) + turn;
    if (this.#asked !== undefined) this.#calledMs = Math.min(this.#calledMs, atMs);
    else if (turn === 0) void this.#ask();
    else this.#alarm.set(Math.min(this.#alarm.ringsMs, atMs));
  }

  /** Nothing is asked for any more; what is held is given back. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#alarm.set(Number.POSITIVE_INFINITY);
    this.#beating?.abort();
    this.#held.clear();
    await this.#parts.commands.beat(false, [], []);
  }

  /** @param left a place that is given back with the question: its next one is had in one round trip */
  async #ask(left?: string): Promise<void> {
    const first = this.#waiters.next;
    if (first === undefined || this.#asked !== undefined || this.#isClosed) return;
    this.#alarm.set(Number.POSITIVE_INFINITY);
    const { commands, clock, worker, asError } = this.#parts;
    const { maxConcurrency, maxStartsPerSecond } = first.account;
    this.#number += 1;
    const place = `${worker}/${this.#number}`;
    this.#asked = place;
    const wanted = this.#waiters.count;
    try {
      const limits = {
        maxConcurrency,
        ...(maxStartsPerSecond === undefined ? {} : { maxStartsPerSecond }),
      };
      const entry = await commands.enter(place, { ...limits, wanted }, left);
      const { granted, turn = LONGEST_WAIT_MS } = entry;
      this.#isInLine = !granted || wanted > 1;
      if (granted) this.#admit(place);
      const nowMs = monotonicMs(clock);
      const waitMs = this.#isInLine ? Math.min(turn, LONGEST_WAIT_MS) : 0;
      this.#wake(Math.min(nowMs + waitMs, this.#calledMs));
    } catch (error) {
      const refused = this.#waiters.next;
      if (refused !== undefined && this.#waiters.remove(refused)) refused.refuse(asError(error));
      this.#wake(monotonicMs(clock) + LONGEST_WAIT_MS);
    }
  }

  /** The question is answered: the next one is asked then. */
  #wake(atMs: number): void {
    this.#asked = undefined;
    this.#calledMs = Number.POSITIVE_INFINITY;
    if (this.#waiters.count === 0) this.#leaveLine();
    else if (atMs <= monotonicMs(this.#parts.clock)) void this.#ask();
    else this.#alarm.set(atMs);
  }

  /** Nobody waits any more: it is the others' turn. */
  #leaveLine(): void {
    if (this.#waiters.count > 0) return;
    this.#alarm.set(Number.POSITIVE_INFINITY);
    if (!this.#isInLine || this.#asked !== undefined) return;
    this.#isInLine = false;
    this.#send(this.#parts.commands.beat(false, [...this.#held], []));
  }

  #admit(place: string): void {
    const waiter = this.#waiters.take();
    // All have given up since it was asked for.
    if (waiter === undefined) this.#send(this.#parts.commands.leave(place));
    else waiter.admit(this.#place(place, waiter));
  }

  #place(name: string, { flow, signal, startsLater, account }: Waiter): Place {
    const { commands } = this.#parts;
    let refusal: Refusal | undefined;
    let told: Promise<void> | undefined;
    let refusals = 0;
    let isToStart = account.maxStartsPerSecond !== undefined;
    this.#held.add(name);
    const started = () => {
      if (!isToStart || !this.#held.has(name)) return;
      isToStart = false;
      this.#send(commands.started(name));
    };
    const slowDown = async (retryAfterMs = 0) => {
      refusals += 1;
      const entry = await abortable(commands.refuse(name, refusals, retryAfterMs), signal);
      refusal = entry.refusal;
      this.called(entry.turn);
    };
    if (!startsLater) started();
    return {
      started,
      get refusal() {
        return refusal;
      },
      get told() {
        return told;
      },
      slowDown(retryAfterMs) {
        // What was not heard is as if nobody had counted.
        told = slowDown(retryAfterMs).catch(() => {});
      },
      leave: () => {
        if (!this.#held.delete(name)) return;
        this.#waiters.leave(flow);
        if (this.#waiters.count > 0 && this.#asked === undefined) void this.#ask(name);
        else this.#send(commands.leave(name));
      },
    };
  }

  /** Nobody waits for it: where it fails, the next beat says the same. */
  #send(command: Promise<Turn>): void {
    command.then(
      (turn) => this.called(turn),
      () => {},
    );
  }

  /** Renews the lease for as long as there is something to it. */
  #beat(): void {
    if (this.#beating !== undefined) return;
    const beating = new AbortController();
    this.#beating = beating;
    const { clock, commands } = this.#parts;
    const beats = async () => {
      for (;;) {
        await clock.sleep(BEAT_MS, beating.signal);
        const asked = this.#asked === undefined ? [] : [this.#asked];
        const isIdle = this.#held.size + this.#waiters.count + asked.length === 0;
        // Before the last beat, so that whoever comes meanwhile begins anew.
        if (isIdle) this.#beating = undefined;
        const beat = commands.beat(this.#waiters.count > 0, [...this.#held], asked);
        await beat.then(
          (turn) => this.called(turn),
          () => {},
        );
        if (isIdle) return;
      }
    };
    beats().catch(() => {});
  }
}
