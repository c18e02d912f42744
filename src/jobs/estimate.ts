/** What a job would send and cost, from its plan alone. Pure; repeats after failures apart. */
import { bytesPerSample } from "../audio/encoding.ts";
import type { AudioFacts } from "../audio/types.ts";
import { planPhrase } from "./estimating/plan-phrase.ts";
import type { EstimateQuestion, Price } from "./estimating/question.ts";
import { isEachChannel, streamsOf } from "./estimating/streams.ts";
import type { AudioPlan } from "./plan.ts";

export type { EstimateQuestion, Price } from "./estimating/question.ts";

export interface Cost {
  readonly amount: number;
  readonly currency?: string;
}

/** Sums of several inputs, or the figures of one. */
export interface Spending {
  readonly durationMs: number;
  /** Those that go out: every packet of a stream is one. */
  readonly requests: number;
  /** What counts against the starts a second: requests, or streams. */
  readonly starts: number;
  /** Audio that is sent; undefined where it is known only once it has been made. */
  readonly bytes?: number;
  /** Every channel that is recognised counts, and what is sent twice; 0 on this machine. */
  readonly billedMs: number;
  /** What the starts a second alone make it last at least. */
  readonly leastMs: number;
  readonly cost?: Cost;
}

export interface Estimate extends Spending {
  /** Of the input. */
  readonly container: AudioFacts["container"];
  readonly encoding: AudioFacts["encoding"];
  /** How it gets there, as one short phrase. */
  readonly plan: string;
}

export function estimate(question: EstimateQuestion): Estimate {
  const { facts, plan, capabilities, price } = question;
  const { container, encoding, durationMs } = facts;
  const streams = streamsOf(question);
  const requests = streams.reduce((sum, { requestCount }) => sum + requestCount, 0);
  const sentMs = streams.reduce((sum, stream) => sum + stream.durationMs, 0);
  const starts = streams.filter(({ requestCount }) => requestCount > 0).length;
  const billedMs = capabilities.remote
    ? sentMs * (isEachChannel(question) ? facts.channels : 1)
    : 0;
  const bytes = bytesOf(plan, facts, streams);
  return {
    container,
    encoding,
    plan: planPhrase(question),
    ...{ durationMs, requests, starts, billedMs },
    ...(bytes === undefined ? {} : { bytes }),
    leastMs: leastMs(starts, perSecondOf(question)),
    ...(price === undefined ? {} : { cost: costOf(billedMs, price) }),
  };
}

/** Of several inputs, which share the account's starts. */
export function totalOf(
  estimates: readonly Spending[],
  limits: Pick<EstimateQuestion, "capabilities" | "account" | "price">,
): Spending {
  const sum = (read: (one: Spending) => number): number =>
    estimates.reduce((total, one) => total + read(one), 0);
  const starts = sum((one) => one.starts);
  const billedMs = sum((one) => one.billedMs);
  const isKnown = estimates.every(({ bytes }) => bytes !== undefined);
  return {
    durationMs: sum((one) => one.durationMs),
    requests: sum((one) => one.requests),
    starts,
    ...(isKnown ? { bytes: sum(({ bytes = 0 }) => bytes) } : {}),
    billedMs,
    leastMs: leastMs(starts, perSecondOf(limits)),
    ...(limits.price === undefined ? {} : { cost: costOf(billedMs, limits.price) }),
  };
}

/**
 * Of several providers, which work side by side. Their costs add up where they are in one currency,
 * and known for all that is billed.
 */
export function sumOf(totals: readonly Spending[]): Spending {
  const sum = (read: (one: Spending) => number): number =>
    totals.reduce((total, one) => total + read(one), 0);
  const cost = sumOfCosts(totals.filter((one) => one.billedMs > 0 || one.cost !== undefined));
  return {
    durationMs: sum((one) => one.durationMs),
    requests: sum((one) => one.requests),
    starts: sum((one) => one.starts),
    ...(totals.every(({ bytes }) => bytes !== undefined)
      ? { bytes: sum(({ bytes = 0 }) => bytes) }
      : {}),
    billedMs: sum((one) => one.billedMs),
    leastMs: totals.reduce((most, one) => Math.max(most, one.leastMs), 0),
    ...(cost === undefined ? {} : { cost }),
  };
}

function sumOfCosts(billed: readonly Spending[]): Cost | undefined {
  const costs = billed.flatMap(({ cost }) => cost ?? []);
  const [first] = costs;
  const isKnown = costs.length === billed.length;
  if (first === undefined || !isKnown) return undefined;
  if (costs.some(({ currency }) => currency !== first.currency)) return undefined;
  return { ...first, amount: costs.reduce((sum, { amount }) => sum + amount, 0) };
}

function bytesOf(
  plan: AudioPlan,
  facts: AudioFacts,
  streams: readonly { readonly frameCount: number }[],
): number | undefined {
  if (plan.kind === "as-is") return facts.sizeBytes;
  if (plan.kind === "rewrap") return plan.sizeBytes;
  const frameCount = streams.reduce((sum, stream) => sum + stream.frameCount, 0);
  return frameCount * bytesPerSample(plan.encoding);
}

function perSecondOf({
  capabilities,
  account,
}: Pick<EstimateQuestion, "capabilities" | "account">): number {
  const own = capabilities.limits.maxRequestsPerSecond ?? Number.POSITIVE_INFINITY;
  return account?.maxRequestsPerSecond ?? own;
}

/** The first starts at once, and each of the others after its share of a second. */
function leastMs(starts: number, perSecond: number): number {
  return Math.ceil((Math.max(0, starts - 1) * 1000) / perSecond);
}

export function costOf(billedMs: number, { perHour, currency }: Price): Cost {
  const amount = (billedMs / 3_600_000) * perHour;
  return { amount, ...(currency === undefined ? {} : { currency }) };
}
