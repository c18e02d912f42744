/**
 * The rule of a shared account in plain TypeScript, of the parts that one process uses: what the
 * scripts do is compared with it, answer by answer.
 */
import { Allowance } from "../../../src/http/allowance.ts";
import { Refusals } from "../../../src/http/refusals.ts";
import { StartShare } from "../../../src/http/start-share.ts";
import { type Start, StartWindow } from "../../../src/http/start-window.ts";
import type { Entry, RefusalEntry, Turn, Wish } from "../../../src/queue/limits/commands.ts";
import { GRACE_MS, LEASE_MS, LONGEST_SILENCE_MS } from "../../../src/queue/limits/model.ts";

interface HeldPlace {
  readonly worker: string;
  readonly cuts: number;
  refusals: number;
  readonly start: Start | undefined;
}

interface Call {
  readonly worker: string;
  readonly comesAtMs: number;
}

export class AccountModel {
  readonly places = new Map<string, HeldPlace>();
  /** What was published: who, and how long until then. */
  readonly calls: [string, number][] = [];
  readonly #allowance = new Allowance();
  readonly #refusals = new Refusals();
  readonly #share = new StartShare();
  readonly #window = new StartWindow();
  readonly #heardMs = new Map<string, number>();
  readonly #turns = new Map<string, number>();
  #turn = 0;
  #cuts = 0;
  #nowMs: number | undefined;
  #offsetMs = 0;
  #call: Call | undefined;
  #wish: Wish = { maxConcurrency: 1, wanted: 0 };

  enter(worker: string, place: string, wish: Wish, rawMs: number, left?: string): Entry {
    const nowMs = this.#begin(worker, rawMs);
    if (left !== undefined) this.#leave(left);
    this.#wish = wish;
    let granted = this.places.has(place);
    if (!granted) {
      if (!this.#turns.has(worker)) this.#queueUp(worker);
      if (this.#first(worker, nowMs) === worker && this.#opensMs(wish, nowMs) <= nowMs) {
        granted = true;
        this.#leaveLine(worker);
        const start = this.#window.admit(this.#allowedStarts(wish, nowMs), nowMs, true);
        this.places.set(place, {
          worker,
          cuts: this.#cuts,
          refusals: 0,
          start: wish.maxStartsPerSecond === undefined ? undefined : start,
        });
        if (wish.maxStartsPerSecond === undefined) start.settle();
        if (wish.wanted > 1) this.#queueUp(worker);
      }
    }
    return { granted, turn: this.#callFirst(worker, nowMs) };
  }

  started(worker: string, place: string, rawMs: number): Turn {
    const nowMs = this.#begin(worker, rawMs);
    this.places.get(place)?.start?.at(nowMs);
    return this.#callFirst(worker, nowMs);
  }

  refuse(worker: string, place: string, askedMs: number, rawMs: number): RefusalEntry {
    const nowMs = this.#begin(worker, rawMs);
    const held = this.places.get(place);
    if (held === undefined) {
      return { refusal: { forMs: 0, isPassing: true }, turn: this.#callFirst(worker, nowMs) };
    }
    const others = this.places.size - 1;
    const refusal = this.#refusals.refused(others === 0, askedMs, nowMs);
    const isNews = held.cuts === this.#cuts;
    this.#allowance.refused(others, isNews, nowMs);
    if (isNews) {
      this.#cuts++;
      this.#share.cut(nowMs);
    }
    held.refusals++;
    return { refusal, turn: this.#callFirst(worker, nowMs) };
  }

  leave(worker: string, place: string, rawMs: number): Turn {
    const nowMs = this.#begin(worker, rawMs);
    this.#leave(place);
    return this.#callFirst(worker, nowMs);
  }

  beat(worker: string, waits: boolean, held: readonly string[], rawMs: number): Turn {
    const nowMs = this.#begin(worker, rawMs);
    for (const place of held) {
      if (this.places.has(place)) continue;
      this.places.set(place, { worker, cuts: this.#cuts, refusals: 0, start: undefined });
    }
    for (const [place, { worker: owner }] of this.places) {
      if (owner === worker && !held.includes(place)) this.#free(place);
    }
    if (!waits) {
      this.#leaveLine(worker);
      if (held.length === 0) this.#heardMs.delete(worker);
    }
    return this.#callFirst(worker, nowMs);
  }

  #begin(worker: string, rawMs: number): number {
    let nowMs = rawMs + this.#offsetMs;
    const silentMs = nowMs - (this.#nowMs ?? nowMs);
    if (silentMs < 0) {
      this.#offsetMs -= silentMs;
      nowMs -= silentMs;
    }
    this.#nowMs = nowMs;
    if (silentMs > LONGEST_SILENCE_MS) {
      for (const [name, heardMs] of this.#heardMs) this.#heardMs.set(name, heardMs + silentMs);
    }
    this.#heardMs.set(worker, nowMs);
    for (const [name, heardMs] of this.#heardMs) {
      if (heardMs > nowMs - LEASE_MS) continue;
      for (const [place, held] of this.places) if (held.worker === name) this.#free(place);
      this.#leaveLine(name);
      this.#heardMs.delete(name);
    }
    return nowMs;
  }

  #leave(place: string): void {
    if (this.places.get(place)?.refusals === 0) this.#refusals.served();
    this.#free(place);
  }

  #free(place: string): void {
    this.places.get(place)?.start?.settle();
    this.places.delete(place);
  }

  #heldBy(worker: string): number {
    return [...this.places.values()].filter((held) => held.worker === worker).length;
  }

  #queueUp(worker: string): void {
    this.#turn++;
    this.#turns.set(worker, this.#turn);
  }

  #leaveLine(worker: string): void {
    this.#turns.delete(worker);
    if (this.#call?.worker === worker) this.#call = undefined;
  }

  #first(worker: string, nowMs: number): string | undefined {
    const call = this.#call;
    if (call !== undefined && call.worker !== worker && nowMs > call.comesAtMs + GRACE_MS) {
      this.#leaveLine(call.worker);
    }
    return [...this.#turns].toSorted(
      ([a, turnA], [b, turnB]) => this.#heldBy(a) - this.#heldBy(b) || turnA - turnB,
    )[0]?.[0];
  }

  #allowedStarts({ maxStartsPerSecond }: Wish, nowMs: number): number {
    if (maxStartsPerSecond === undefined) return Number.POSITIVE_INFINITY;
    return this.#share.of(maxStartsPerSecond, nowMs);
  }

  #opensMs(wish: Wish, nowMs: number): number {
    const { maxConcurrency } = wish;
    let opensMs = Math.max(nowMs, this.#refusals.pausedUntilMs);
    if (this.places.size >= this.#allowance.of(maxConcurrency, nowMs)) {
      if (this.places.size >= maxConcurrency) return Number.POSITIVE_INFINITY;
      opensMs = Math.max(opensMs, this.#allowance.nextRiseMs(maxConcurrency, nowMs));
    }
    return Math.max(opensMs, this.#window.opensMs(this.#allowedStarts(wish, nowMs), nowMs));
  }

  #callFirst(worker: string, nowMs: number): Turn {
    const first = this.#first(worker, nowMs);
    const opensMs =
      first === undefined ? Number.POSITIVE_INFINITY : this.#opensMs(this.#wish, nowMs);
    if (first === undefined || opensMs === Number.POSITIVE_INFINITY) {
      this.#call = undefined;
      return undefined;
    }
    const waitMs = Math.ceil(opensMs - nowMs);
    const call = this.#call;
    const isTold =
      call?.worker === first &&
      (opensMs === call.comesAtMs || (opensMs === nowMs && call.comesAtMs <= nowMs));
    if (!isTold) this.#call = { worker: first, comesAtMs: opensMs };
    if (first === worker) return waitMs;
    if (!isTold) this.calls.push([first, waitMs]);
    return undefined;
  }
}
