/**
 * The one door to the network. Everything above it (time-outs, retries, limits) speaks to a
 * `Transport`, so that recorded answers can stand in for the network.
 */
import type { Body } from "./body.ts";

export interface HttpRequest {
  readonly method: "GET" | "POST";
  readonly url: URL;
  /** Content-Length comes from the body and is not among them. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Body;
}

export interface HttpResponse {
  /** Host and port that answered, for messages. */
  readonly host: string;
  readonly status: number;
  /** Lower-case names; values of a repeated header are joined with ", ". */
  readonly headers: Readonly<Record<string, string>>;
  /** The answer's bytes as they come. For one reader, once; leaving early drops the connection. */
  pieces(): AsyncIterable<Uint8Array>;
}

export interface SendOptions {
  /** Aborted: sending and receiving end, and the connection is destroyed. */
  readonly signal: AbortSignal;
  /** The connection stands and the request begins. */
  readonly onConnected: () => void;
  /** The last byte of the request went out: from here on the other side may act on it. */
  readonly onSent: () => void;
  /** The same for all tries of one request. */
  readonly call?: object;
}

export interface Transport {
  /**
   * Sends one request, once, and resolves at the head of the answer, whatever its status.
   * Redirects are not followed.
   *
   * The next piece of the body is asked for only when the network has taken the one before, so a
   * body may reuse its buffers.
   *
   * @throws AsrError kind "usage" where the proxy or the CA file is unusable; otherwise whatever
   *   failed, as it came: with a `code`, or the signal's reason.
   */
  send(request: HttpRequest, options: SendOptions): Promise<HttpResponse>;
  /** Destroys every connection. */
  close(): Promise<void>;
}
