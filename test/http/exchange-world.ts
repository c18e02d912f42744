/** One exchange over the real client, with a clock that stands still. */
import { onTestFinished } from "vitest";
import { readText } from "../../src/http/answer.ts";
import { type Body, bytesBody, streamBody } from "../../src/http/body.ts";
import { exchange } from "../../src/http/exchange.ts";
import type { NetworkSettings } from "../../src/http/network-settings.ts";
import type { Timeouts } from "../../src/http/timeouts.ts";
import type { HttpResponse, Transport } from "../../src/http/transport.ts";
import { createTransport } from "../../src/http/undici-transport.ts";
import { FakeClock } from "./fake-clock.ts";

/** All different, so that a message shows which one ran out. */
const TIMEOUTS: Timeouts = { connectMs: 10_000, answerMs: 600_000, idleMs: 60_000 };

export interface Wishes<T> {
  readonly method?: "GET" | "POST";
  readonly headers?: Record<string, string>;
  readonly body?: Body;
  readonly signal?: AbortSignal;
  readonly read?: (response: HttpResponse) => Promise<T>;
  readonly network?: Partial<NetworkSettings>;
  /** Instead of the network. */
  readonly transport?: Transport;
}

export function openWorld() {
  const clock = new FakeClock();
  const send = <T = string>(
    address: string,
    {
      method = "POST",
      headers = {},
      body,
      signal,
      read,
      network,
      transport: given,
    }: Wishes<T> = {},
  ): Promise<T> => {
    const transport = given ?? createTransport({ environment: {}, ...network });
    onTestFinished(() => transport.close());
    const url = new URL(address);
    const upload = method === "GET" ? {} : { body: body ?? bytesBody(Buffer.from("audio")) };
    return exchange<T>(
      { method, url, headers, ...upload },
      read ?? ((response) => readText(response) as Promise<T>),
      {
        transport,
        clock,
        timeouts: TIMEOUTS,
        origin: url.origin,
        signal: signal ?? new AbortController().signal,
      },
    );
  };
  return { clock, send };
}

/** A body that is much larger than what sockets hold. */
export function largeBody(onPiece: (turn: number) => void = () => {}): Body {
  const piece = Buffer.alloc(256 * 1024);
  return streamBody(400 * piece.length, async function* () {
    for (let turn = 0; turn < 400; turn++) {
      onPiece(turn);
      yield piece;
    }
  });
}
