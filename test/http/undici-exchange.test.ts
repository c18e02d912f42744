import type { Dispatcher } from "undici";
import { expect, it } from "vitest";
import { UndiciExchange } from "../../src/http/undici-exchange.ts";

/** The client's side of an exchange. */
function fakeController() {
  const controller = {
    paused: false as boolean,
    aborted: false,
    reason: null,
    abort: () => {},
    pause: () => {
      controller.paused = true;
    },
    resume: () => {
      controller.paused = false;
    },
  } satisfies Dispatcher.DispatchController;
  return controller;
}

it("has the vendor wait while the reader is far behind, and go on when it has caught up", async () => {
  const { signal } = new AbortController();
  const exchange = new UndiciExchange("asr.example", {
    signal,
    onConnected: () => {},
    onSent: () => {},
  });
  const controller = fakeController();
  exchange.onRequestStart(controller);
  exchange.onResponseStart(controller, 200, {});
  for (let sizeKib = 64; sizeKib <= 320; sizeKib += 64) {
    exchange.onResponseData(controller, Buffer.alloc(64 * 1024));
    expect(controller.paused).toBe(sizeKib > 256);
  }
  exchange.onResponseEnd();
  let sizeBytes = 0;
  for await (const piece of (await exchange.response).pieces()) {
    sizeBytes += piece.byteLength;
    expect(controller.paused).toBe(false);
  }
  expect(sizeBytes).toBe(320 * 1024);
});
