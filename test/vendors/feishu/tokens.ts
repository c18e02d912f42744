/** Tenant access tokens: issued, alive, worn out, or killed by a fault (FACTS). */
import type { WallClock } from "../server/clock.ts";
import type { RequestRecord } from "../server/recorder.ts";

export const TOKEN_LIFE_SECONDS = 7200;
/** Under this much life a call returns a new token, and both stay valid. */
const RENEW_UNDER_MS = 30 * 60 * 1000;

interface Token {
  readonly text: string;
  readonly expiresAtMs: number;
  killed: boolean;
  /** The first request that was told that the token is dead. */
  toldBy?: RequestRecord;
}

export type TokenState = "live" | "unknown" | "worn-out" | "killed";

export class TokenDesk {
  readonly #tokens: Token[] = [];
  readonly #wall: WallClock;
  readonly #lifeMs: number;

  constructor(wall: WallClock, lifeSeconds: number) {
    this.#wall = wall;
    this.#lifeMs = lifeSeconds * 1000;
  }

  get issued(): readonly string[] {
    return this.#tokens.map((token) => token.text);
  }

  /** The newest token while it has life enough, else a new one. */
  issue(): { readonly token: string; readonly expireSeconds: number } {
    const now = this.#wall();
    const newest = this.#tokens.at(-1);
    // A token whose whole life is short would otherwise be renewed on every call.
    const renewUnderMs = Math.min(RENEW_UNDER_MS, this.#lifeMs / 2);
    const usable =
      newest !== undefined && !newest.killed && newest.expiresAtMs - now >= renewUnderMs;
    const token = usable ? newest : this.#create(now);
    return {
      token: token.text,
      expireSeconds: Math.floor((token.expiresAtMs - now) / 1000),
    };
  }

  /** Kills every token there is. */
  expireAll(): void {
    for (const token of this.#tokens) token.killed = true;
  }

  state(text: string): TokenState {
    const token = this.#find(text);
    if (token === undefined) return "unknown";
    if (token.killed) return "killed";
    return token.expiresAtMs > this.#wall() ? "live" : "worn-out";
  }

  /** Whether an earlier answer had said already that this killed token is dead. */
  wasTold(text: string, request: RequestRecord): boolean {
    const token = this.#find(text);
    if (token === undefined) return true;
    const toldAt = token.toldBy?.closedAt ?? Infinity;
    token.toldBy ??= request;
    return toldAt < request.openedAt;
  }

  #find(text: string): Token | undefined {
    return this.#tokens.find((token) => token.text === text);
  }

  #create(nowMs: number): Token {
    const text = `t-double${String(this.#tokens.length).padStart(24, "0")}`;
    const token: Token = { text, expiresAtMs: nowMs + this.#lifeMs, killed: false };
    this.#tokens.push(token);
    return token;
  }
}
