/** One request and its answer on the undici client: phases, pieces with back-pressure, abort. */
import { setImmediate } from "node:timers/promises";
import type { Dispatcher } from "undici";
import type { HttpResponse, SendOptions } from "./transport.ts";

/** Above this, the vendor is asked to wait until the reader has caught up. */
const BUFFERED_BYTES = 256 * 1024;

export class UndiciExchange implements Dispatcher.DispatchHandler {
  /** Resolves at the head of the answer. */
  readonly response: Promise<HttpResponse>;
  readonly #head = Promise.withResolvers<HttpResponse>();
  readonly #host: string;
  readonly #options: SendOptions;
  #controller: Dispatcher.DispatchController | undefined;
  #pieces: Uint8Array[] = [];
  #bufferedBytes = 0;
  #ended = false;
  #failure: { readonly error: unknown } | undefined;
  /** Wakes the reader. */
  #wake: () => void = () => {};

  constructor(host: string, options: SendOptions) {
    this.#host = host;
    this.#options = options;
    this.response = this.#head.promise;
    // Aborted, nobody may be waiting for the head any more.
    this.response.catch(() => {});
    if (options.signal.aborted) this.#stop();
    else options.signal.addEventListener("abort", this.#stop, { once: true });
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.#failure === undefined) this.#options.onConnected();
    else controller.abort(asError(this.#failure.error));
  }

  onRequestSent(): void {
    this.#options.onSent();
  }

  onResponseStart(
    _: Dispatcher.DispatchController,
    status: number,
    headers: Record<string, string | string[] | undefined>,
  ): void {
    if (status < 200) return;
    this.#head.resolve({
      host: this.#host,
      status,
      headers: Object.fromEntries(
        Object.entries(headers).map(([name, value]) => [
          name.toLowerCase(),
          Array.isArray(value) ? value.join(", ") : (value ?? ""),
        ]),
      ),
      pieces: () => this.#read(),
    });
  }

  onResponseData(controller: Dispatcher.DispatchController, piece: Uint8Array): void {
    this.#pieces.push(piece);
    this.#bufferedBytes += piece.byteLength;
    if (this.#bufferedBytes > BUFFERED_BYTES) controller.pause();
    this.#wake();
  }

  onResponseEnd(): void {
    this.#ended = true;
    this.#options.signal.removeEventListener("abort", this.#stop);
    this.#wake();
  }

  onResponseError(_: Dispatcher.DispatchController, error: Error): void {
    this.#fail(error);
  }

  readonly #stop = () => this.#fail(this.#options.signal.reason);

  #fail(error: unknown): void {
    if (this.#ended || this.#failure !== undefined) return;
    this.#options.signal.removeEventListener("abort", this.#stop);
    this.#failure = { error };
    this.#head.reject(error);
    this.#controller?.abort(asError(error));
    this.#wake();
  }

  async *#read(): AsyncGenerator<Uint8Array, void> {
    try {
      for (;;) {
        this.#options.signal.throwIfAborted();
        const piece = this.#pieces.shift();
        if (piece !== undefined) {
          this.#bufferedBytes -= piece.byteLength;
          if (this.#bufferedBytes <= BUFFERED_BYTES) this.#controller?.resume();
          yield piece;
        } else if (this.#failure !== undefined) throw this.#failure.error;
        else if (this.#ended) {
          // undici offers the connection again one turn later; a request sent at once would
          // open another.
          await setImmediate();
          return;
        } else await new Promise<void>((resolve) => (this.#wake = resolve));
      }
    } finally {
      this.#pieces = [];
      this.#fail(new Error("the reader left"));
    }
  }
}

function asError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error("aborted", { cause: reason });
}
