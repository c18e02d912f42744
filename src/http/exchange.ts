/**
 * One request and the reading of its answer: guarded, timed and abortable at every point, with
 * every failure in the program's own terms.
 */
import { AsrError } from "../errors.ts";
import { abortable } from "./abortable.ts";
import type { Body } from "./body.ts";
import type { Clock } from "./clock.ts";
import { asNetworkError, type Phase, type Progress, timeoutError } from "./failures.ts";
import { checkAddress, checkHeaders, refuseRedirect } from "./guard.ts";
import type { Timeouts } from "./timeouts.ts";
import type { HttpRequest, HttpResponse, Transport } from "./transport.ts";
import { startWatchdog } from "./watchdog.ts";

export interface ExchangeTools {
  readonly transport: Transport;
  readonly clock: Clock;
  readonly timeouts: Timeouts;
  /** The configured origin: a request to any other is a fault. */
  readonly origin: string;
  readonly signal: AbortSignal;
  /** Redirects go to `read` too; they are not followed. */
  readonly takesRedirects?: boolean;
  /** The connection stands and the request begins. */
  readonly onStarted?: () => void;
  /** The other side may have all of the request from here on. Called once at most. */
  readonly onSent?: () => void;
  /** The same for all tries of one request. */
  readonly call?: object;
}

/**
 * Sends a request and reads its answer. When this returns or throws, nothing of the request is
 * left: no timer, no open source, no connection but an idle one.
 *
 * @param read Gets every answer, whatever the status; redirects only where it takes them.
 * @throws the signal's reason when aborted; AsrError kind "usage" for an address that nothing may
 *   be sent to and for redirects, "network" for failures and time-outs (`outcomeUnknown` where the
 *   other side had all of the request), "audio" where the body is not as long as it said; and
 *   whatever `read` throws.
 */
export async function exchange<T>(
  request: HttpRequest,
  read: (response: HttpResponse) => Promise<T>,
  tools: ExchangeTools,
): Promise<T> {
  const { transport, clock, timeouts, origin, signal, takesRedirects, onStarted, onSent } = tools;
  const { call } = tools;
  signal.throwIfAborted();
  const { url, body } = request;
  checkAddress(url, origin);
  checkHeaders(request.headers);
  const over = new AbortController();
  const stop = () => over.abort(signal.reason);
  signal.addEventListener("abort", stop, { once: true });
  let sourceFailure: { readonly error: unknown } | undefined;
  let progress: Progress = { host: url.host, phase: "connect" };
  const watchdog = startWatchdog(clock, (limitMs) => over.abort(timeoutError(progress, limitMs)));
  const enter = (phase: Phase, limitMs: number) => {
    if (progress.status !== undefined) return;
    progress = { ...progress, phase };
    watchdog.arm(limitMs);
    if (phase === "answer") sent();
  };
  let isSent = false;
  function sent(): void {
    if (isSent) return;
    isSent = true;
    onSent?.();
  }
  try {
    enter("connect", timeouts.connectMs);
    const sending = transport.send(
      body === undefined ? request : { ...request, body: watched(body) },
      {
        signal: over.signal,
        onConnected: () => {
          onStarted?.();
          enter("upload", timeouts.answerMs);
        },
        onSent: () => enter("answer", timeouts.answerMs),
        ...(call === undefined ? {} : { call }),
      },
    );
    const response = await translated(sending);
    sent();
    progress = { ...progress, phase: "receive", status: response.status };
    watchdog.disarm();
    if (takesRedirects !== true) refuseRedirect(response, url);
    const { host, status, headers } = response;
    return await read({ host, status, headers, pieces: () => timedPieces(response) });
  } finally {
    signal.removeEventListener("abort", stop);
    watchdog.stop();
    over.abort(new Error("the request is over"));
  }

  /** Waits for the network: aborted, the reason of the abort; failed, its meaning. */
  async function translated<V>(step: Promise<V>): Promise<V> {
    try {
      return await abortable(step, over.signal);
    } catch (error) {
      if (over.signal.aborted) throw over.signal.reason;
      throw sourceFailure === undefined ? asNetworkError(error, progress) : sourceFailure.error;
    }
  }

  /**
   * Counts the bytes, and lets time run only while the network has a piece to take. Once the last
   * piece is handed over the other side may have everything, whatever we hear of it.
   */
  function watched(source: Body): Body {
    const { sizeBytes, steady = false } = source;
    return {
      sizeBytes,
      steady,
      async *open(bodySignal) {
        let sentBytes = 0;
        try {
          for await (const piece of source.open(bodySignal)) {
            sentBytes += piece.byteLength;
            if (sentBytes > sizeBytes) break;
            enter(sentBytes === sizeBytes ? "answer" : "upload", timeouts.answerMs);
            yield piece;
            if (progress.phase === "upload") watchdog.disarm();
          }
          if (sentBytes !== sizeBytes) throw changedError();
        } catch (error) {
          sourceFailure = { error };
          throw error;
        }
      },
    };
  }

  /** Lets time run only while somebody waits for a piece: a slow reader is not a slow vendor. */
  async function* timedPieces(response: HttpResponse): AsyncGenerator<Uint8Array, void> {
    const pieces = response.pieces()[Symbol.asyncIterator]();
    try {
      for (;;) {
        watchdog.arm(timeouts.idleMs);
        const next = await translated(pieces.next());
        watchdog.disarm();
        if (next.done === true) return;
        yield next.value;
      }
    } finally {
      pieces.return?.().catch(() => {});
    }
  }
}

function changedError(): AsrError {
  return new AsrError("audio", "the audio changed while it was being sent", {
    reason: "its size is not what it was at the start",
    hint: "wait until nobody writes to it any more, then try again",
  });
}
