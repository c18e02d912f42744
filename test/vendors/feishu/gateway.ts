/** What the open platform looks at before a call reaches speech recognition (FACTS). */
import { type ChangingLimit, limitNow } from "../server/changing-limit.ts";
import { type Exchange, Refusal } from "../server/exchange.ts";
import type { TokenDesk } from "./tokens.ts";

export const SPEECH_SCOPE = "speech_to_text:speech";

export interface GatewayRules {
  readonly tokens: TokenDesk;
  /** Tenant tokens that a store app brings along; they never wear out. */
  readonly storeTokens: readonly string[];
  readonly scopes: readonly string[];
  /** "free": every call is refused with 400 and 99991400. */
  readonly plan: "paid" | "free";
  /** Calls of this month before 99991403. */
  readonly monthlyQuota: number;
  /** HTTP 429, or HTTP 400; both with code 99991400. */
  readonly rateLimitStatus: 429 | 400;
  /** Calls in any sliding window ("20QPS", file document). */
  readonly queriesPerWindow: ChangingLimit;
  readonly windowMs: number;
}

/** Both document and official SDK: with and without the charset. */
const JSON_TYPES = ["application/json; charset=utf-8", "application/json"];

export class Gateway {
  readonly #rules: GatewayRules;
  readonly #arrivalsMs: number[] = [];
  #calls = 0;

  constructor(rules: GatewayRules) {
    this.#rules = rules;
  }

  /** @throws Refusal, before the body means anything. */
  admit(exchange: Exchange, invalidParameter: number): void {
    const { record } = exchange;
    this.#checkToken(exchange);
    if (!this.#rules.scopes.includes(SPEECH_SCOPE)) {
      throw new Refusal(99991672, `the app lacks ${SPEECH_SCOPE}`);
    }
    // An account's plan and quota are nothing that a request could be blamed for.
    if (this.#rules.plan === "free") {
      throw this.rateLimit("the free plan has no speech recognition", 1, { blame: false });
    }
    this.#calls += 1;
    if (this.#calls > this.#rules.monthlyQuota) {
      throw new Refusal(99991403, `call ${this.#calls} of this month`, { blame: false });
    }
    const type = exchange.header("content-type");
    if (type === undefined || !JSON_TYPES.includes(type.toLowerCase())) {
      throw new Refusal(invalidParameter, `Content-Type ${type ?? "is missing"}`);
    }
    if (Object.keys(record.parameters).length > 0) exchange.note("query parameters are set");
  }

  /** Counts a call against the sliding window. @throws Refusal when it is full. */
  count(exchange: Exchange): void {
    const { windowMs } = this.#rules;
    const queriesPerWindow = limitNow(this.#rules.queriesPerWindow);
    const nowMs = exchange.record.openedAtMs;
    const recent = this.#arrivalsMs.filter((atMs) => atMs > nowMs - windowMs);
    const [oldest = nowMs] = recent.slice(recent.length - queriesPerWindow);
    if (recent.length >= queriesPerWindow) {
      const resetSeconds = Math.max(1, Math.ceil((oldest + windowMs - nowMs) / 1000));
      throw this.rateLimit(`${recent.length} calls within ${windowMs} ms`, resetSeconds);
    }
    this.#arrivalsMs.push(nowMs);
  }

  /** The platform's way to say "slower". */
  rateLimit(reason: string, resetSeconds: number, details: { blame?: boolean } = {}): Refusal {
    const { rateLimitStatus, queriesPerWindow, plan } = this.#rules;
    return new Refusal(99991400, reason, {
      ...details,
      status: plan === "free" ? 400 : rateLimitStatus,
      headers: {
        "x-ogw-ratelimit-limit": String(limitNow(queriesPerWindow)),
        "x-ogw-ratelimit-reset": String(resetSeconds),
      },
    });
  }

  #checkToken(exchange: Exchange): void {
    const { tokens, storeTokens } = this.#rules;
    const authorization = exchange.header("authorization");
    const token = /^Bearer (\S+)$/.exec(authorization ?? "")?.[1];
    if (token === undefined) {
      throw new Refusal(
        99991661,
        `Authorization ${authorization === undefined ? "is missing" : "is malformed"}`,
      );
    }
    if (storeTokens.includes(token)) return;
    if (token.startsWith("u-")) throw new Refusal(99991668, "a user's token");
    if (!token.startsWith("t-")) throw new Refusal(99991671, "not the form of a token");
    const state = tokens.state(token);
    if (state === "live") return;
    // A token that a fault killed surprises once; after that, everybody has been told.
    const blame = state !== "killed" || tokens.wasTold(token, exchange.record);
    throw new Refusal(99991663, `the token is ${state}`, { blame });
  }
}
