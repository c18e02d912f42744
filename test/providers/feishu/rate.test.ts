/** 20 requests a second, as the vendor counts them. */
import { setImmediate } from "node:timers/promises";
import { expect, it, onTestFinished } from "vitest";
import { createHttpClient } from "../../../src/http/client.ts";
import { createLimiter } from "../../../src/http/local-limiter.ts";
import { createTransport } from "../../../src/http/undici-transport.ts";
import { feishuFile } from "../../../src/providers/feishu/index.ts";
import { FakeClock } from "../../http/fake-clock.ts";
import { pcm } from "../../vendors/hand/audio.ts";
import { collect, pcmInput, requestOf } from "../vendor-world.ts";
import { open, speechOf } from "./open.ts";

/** A network whose first connections take long, and that knows how many requests left it. */
function slowNetwork(clock: FakeClock, slow: { count: number; connectMs: number }) {
  const network = createTransport({ environment: {} });
  let asked = 0;
  let left = 0;
  const transport: typeof network = {
    async send(request, options) {
      if (asked++ < slow.count) await clock.sleep(slow.connectMs, options.signal);
      const onConnected = () => {
        left++;
        options.onConnected();
      };
      return network.send(request, { ...options, onConnected });
    },
    close: () => network.close(),
  };
  const limiter = createLimiter(clock);
  const http = createHttpClient({ transport, limiter, clock, random: () => 0 });
  onTestFinished(() => http.close());
  return { http, left: () => left };
}

it("is kept when the token and the first connections come late", async () => {
  const clock = new FakeClock();
  const { http, left } = slowNetwork(clock, { count: 12, connectMs: 400 });
  const { vendor, world } = await open({ clock: () => clock.now() }, { clock, http });
  let finished = 0;
  const jobs = Array.from({ length: 60 }, async () => {
    await collect(feishuFile.recognize(requestOf(pcmInput(pcm(100))), world));
    finished++;
  });
  while (finished < jobs.length) {
    await clock.advance(5);
    await setImmediate();
    // Time stands still while a request is on its way.
    if (vendor.requests.length < left()) {
      await vendor.waitFor(() => vendor.requests.length >= left());
    }
  }
  await Promise.all(jobs);
  const isFile = ({ path }: { path: string }) => path === vendor.paths.file;
  expect(vendor.maxInWindow(1000, isFile)).toBeLessThanOrEqual(20);
  // The double refuses, and notes, a 21st within any second.
  expect(vendor.violations).toEqual([]);
  expect(speechOf(vendor)).toHaveLength(60);
});
