/** A vendor on loopback: routes, faults and the record, around one node:http server. */
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { type Answer, bodyAnswer } from "./answer.ts";
import { alterAnswer, renderAnswer } from "./answer-faults.ts";
import { DoubleClock, type WallClock } from "./clock.ts";
import { deliver, faultOf } from "./delivery.ts";
import { ClientLeft, Cut, EarlyAnswer, Exchange, Refusal } from "./exchange.ts";
import { type Fault, FaultDesk, type FaultPlan, isEarly, type LateFault } from "./faults.ts";
import { Recorder, type RecordFilter, type RequestRecord } from "./recorder.ts";
import { parseRequestUrl } from "./request-url.ts";
import { maxConcurrency, maxInWindow } from "./traffic.ts";

/** A request that broke no rule: nothing has changed at the vendor until `serve` runs. */
export interface Accepted {
  serve(): Answer | Promise<Answer>;
  /** A fault answered with this code instead of (or after) the work. */
  failed?(code: number): void;
}

export interface Route {
  readonly path: RegExp;
  /** Reads the body and looks at every rule. @throws Refusal */
  check(exchange: Exchange): Promise<Accepted>;
  /** A code in the vendor's own error shape. */
  refuse(exchange: Exchange, code: number, reason: string): Answer;
}

/** What a vendor's code hands to `startDouble`. */
export interface VendorParts {
  readonly routes: readonly Route[];
  /** The answer to a path that no route knows. */
  notFound(exchange: Exchange): Answer;
  /** Kills the tokens that were issued ("expire-tokens"). */
  expireTokens?(): void;
}

/** Options of every double. */
export interface DoubleOptions {
  readonly faults?: FaultPlan;
  /** Milliseconds since the epoch; default `Date.now`. */
  readonly clock?: WallClock;
  /** How far the vendor's clock is ahead. */
  readonly clockSkewMs?: number;
  /** Path prefix of a gateway before every path, e.g. "/gw"; not part of anything signed. */
  readonly pathPrefix?: string;
  /** Keep the audio's bytes in `requests[i].audio.bytes`. */
  readonly keepAudio?: boolean;
}

export interface VendorDouble {
  /** "http://127.0.0.1:PORT", with the path prefix where one is set. */
  readonly origin: string;
  readonly requests: readonly RequestRecord[];
  /** Every broken rule, for people to read. Faults of the plan are nobody's violation. */
  readonly violations: readonly string[];
  readonly clock: DoubleClock;
  /** The most requests open at one moment. */
  maxConcurrency(filter?: RecordFilter): number;
  /** The most arrivals in any sliding window. */
  maxInWindow(windowMs: number, filter?: RecordFilter): number;
  /** The first request for which this holds, now or later: no test needs to sleep. */
  waitFor(filter: RecordFilter): Promise<RequestRecord>;
  close(): Promise<void>;
}

/** Starts a double on 127.0.0.1, port 0. */
export async function startDouble(
  options: DoubleOptions,
  build: (clock: DoubleClock) => VendorParts,
): Promise<VendorDouble> {
  const clock = new DoubleClock(options.clock);
  clock.skewMs = options.clockSkewMs ?? 0;
  const recorder = new Recorder(clock.wall);
  const desk = new FaultDesk(options.faults);
  const parts = build(clock);
  const prefix = options.pathPrefix ?? "";

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const target = request.url ?? "/";
    const url = parseRequestUrl(target, prefix);
    const record = recorder.open(request.method ?? "", target, url, flatHeaders(request));
    const gone = new Promise((left) => response.once("close", left));
    void gone.then(() => recorder.close(record, "client-left"));
    response.on("error", () => {});
    const faults = desk.atHead(record);
    record.faults.push(...faults.map((fault) => fault.kind));
    for (const fault of faults) {
      if (fault.kind === "clock-skew") clock.skewMs = fault.skewMs;
      if (fault.kind === "expire-tokens") parts.expireTokens?.();
    }
    const exchange = new Exchange({ record, url, clock, request, recorder, faults, gone });
    try {
      const { answer, late } = await answerTo(exchange, faults);
      const altered = late.reduce(alterAnswer, answer);
      record.status = altered.status;
      if (altered.code !== undefined) record.code = altered.code;
      recorder.changed(record);
      const bytes = renderAnswer(altered, faultOf(late, "event-format")?.format);
      await deliver(response, bytes, late, gone, (outcome) => recorder.close(record, outcome));
      request.resume();
    } catch (error) {
      if (!(error instanceof Cut || error instanceof ClientLeft)) {
        recorder.violate(record, `the double itself failed: ${String(error)}`);
      }
      recorder.close(record, error instanceof ClientLeft ? "client-left" : "cut");
      // The request itself may be over and done with; the connection is not.
      request.socket.destroy();
    }
  }

  async function answerTo(
    exchange: Exchange,
    faults: readonly Fault[],
  ): Promise<{ answer: Answer; late: LateFault[] }> {
    const { record } = exchange;
    const route = parts.routes.find((known) => known.path.test(record.path));
    const late = faults.filter((fault): fault is LateFault => !isEarly(fault));
    if (route === undefined) {
      exchange.note("no such path");
      await exchange.readBody(() => {});
      return { answer: parts.notFound(exchange), late };
    }
    for (const problem of exchange.url.problems) exchange.note(problem);
    let accepted: Accepted;
    try {
      accepted = await route.check(exchange);
    } catch (error) {
      if (error instanceof EarlyAnswer) {
        return { answer: faultAnswer(route, exchange, error.fault), late };
      }
      if (!(error instanceof Refusal)) throw error;
      if (error.blame) exchange.note(`refused with ${error.code}: ${error.message}`);
      const refused = route.refuse(exchange, error.code, error.message);
      const headers = { ...refused.headers, ...error.headers };
      return { answer: { ...refused, headers, status: error.status ?? refused.status }, late };
    }
    const bodyFaults = desk.atBody(record);
    record.faults.push(...bodyFaults.map((fault) => fault.kind));
    late.push(...bodyFaults);
    if (record.outcome !== "open") throw new ClientLeft("the client left before the work began");

    const failing = faultOf(late, "code") ?? faultOf(late, "status");
    const cut = faultOf(late, "cut-before-answer");
    const works = failing === undefined ? cut?.processed !== false : failing.processed === true;
    const served = works ? await accepted.serve() : undefined;
    if (failing?.kind === "code") accepted.failed?.(failing.code);
    if (cut !== undefined) throw new Cut("cut before the answer");
    if (failing !== undefined) return { answer: faultAnswer(route, exchange, failing), late };
    if (served === undefined) throw new Error("a request was neither served nor failed");
    return { answer: served, late };
  }

  const server = createServer(
    { maxHeaderSize: 256 * 1024, requestTimeout: 0 },
    (request, response) => {
      void handle(request, response);
    },
  );
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;

  return {
    origin: `http://127.0.0.1:${port}${prefix}`,
    requests: recorder.requests,
    violations: recorder.violations,
    clock,
    maxConcurrency: (filter = () => true) => maxConcurrency(recorder.requests.filter(filter)),
    maxInWindow: (windowMs, filter = () => true) =>
      maxInWindow(recorder.requests.filter(filter), windowMs),
    waitFor: (filter) => recorder.waitFor(filter),
    close: async () => {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

function faultAnswer(route: Route, exchange: Exchange, fault: EarlyAnswer["fault"]): Answer {
  if (fault.kind === "code") {
    const planned = fault.message ?? `planned fault ${fault.code}`;
    const answer = route.refuse(exchange, fault.code, planned);
    const headers = { ...answer.headers, ...fault.headers };
    return { ...answer, headers, status: fault.status ?? answer.status };
  }
  const { "content-type": type = "text/plain", ...headers } = fault.headers ?? {};
  return bodyAnswer(fault.body ?? "", type, { status: fault.status, headers });
}

function flatHeaders(request: IncomingMessage): Record<string, string> {
  return Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
  );
}
