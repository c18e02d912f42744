import { describe, expect, it } from "vitest";
import { systemClock } from "../../../src/http/clock.ts";
import { feishuStream } from "../../../src/providers/feishu/index.ts";
import { pcm } from "../../vendors/hand/audio.ts";
import { platformRateLimit } from "../../vendors/server/common-faults.ts";
import { collect, failureOf, pcmInput, requestOf } from "../vendor-world.ts";
import { open, speechOf } from "./open.ts";

/** The request of this place among those with speech. */
const isPacket = (index: number) => (request: { path: string; indexOnPath: number }) =>
  request.path.endsWith("stream_recognize") && request.indexOnPath === index;

/** Audio that goes on as long as nobody stops it: `pieces` at once, then silence on the line. */
function liveInput(pieces: number) {
  return pcmInput(new Uint8Array(0), {
    reopenable: false,
    async *open(signal?: AbortSignal) {
      for (let count = 0; count < pieces; count++) yield pcm(200);
      await new Promise((_, reject) => {
        signal?.addEventListener("abort", () => reject(signal.reason), { once: true });
      });
    },
  });
}

const lastAction = (vendor: Parameters<typeof speechOf>[0]) => speechOf(vendor).at(-1)?.body;
const giveUp = (sequence: number) => ({
  speech: { speech: "" },
  config: expect.objectContaining({ action: 3, sequence_id: sequence }),
});

describe("feishu-stream, aborted", () => {
  it("tells the vendor with action 3 while it waits for audio", async () => {
    const stop = new AbortController();
    const { vendor, world } = await open({}, { clock: systemClock, signal: stop.signal });
    const input = requestOf(liveInput(3), { live: true });
    const job = collect(feishuStream.recognize(input, world));
    await vendor.waitFor(({ path, indexOnPath, outcome }) => {
      return path === vendor.paths.stream && indexOnPath === 2 && outcome === "answered";
    });
    stop.abort(new Error("Ctrl-C"));
    await expect(job).rejects.toThrow("Ctrl-C");
    expect(lastAction(vendor)).toEqual(giveUp(3));
    expect(vendor.streams).toMatchObject([{ state: "aborted", packetCount: 4 }]);
    expect(vendor.violations).toEqual([]);
  });

  it("lets the packet under way be answered first, so that the numbers stay in order", async () => {
    const stop = new AbortController();
    const gate = Promise.withResolvers<void>();
    const { vendor, world } = await open(
      {
        faults: [
          {
            at: ({ path, indexOnPath }) => path.endsWith("stream_recognize") && indexOnPath === 1,
            fault: { kind: "hold-answer", until: gate.promise },
          },
        ],
      },
      { clock: systemClock, signal: stop.signal },
    );
    const input = requestOf(pcmInput(pcm(2000)));
    const job = collect(feishuStream.recognize(input, world));
    await vendor.waitFor(({ audio, indexOnPath }) => audio !== undefined && indexOnPath === 1);
    stop.abort(new Error("Ctrl-C"));
    gate.resolve();
    await expect(job).rejects.toThrow("Ctrl-C");
    expect(lastAction(vendor)).toEqual(giveUp(2));
    expect(vendor.streams).toMatchObject([{ state: "aborted", packetCount: 3 }]);
    expect(vendor.violations).toEqual([]);
  });

  it("does not wait for ever for a packet that is not answered", async () => {
    const stop = new AbortController();
    const never = new Promise<void>(() => {});
    const { vendor, world } = await open(
      {
        faults: [
          {
            at: ({ path, indexOnPath }) => path.endsWith("stream_recognize") && indexOnPath === 1,
            fault: { kind: "hold-answer", until: never },
          },
        ],
      },
      { clock: systemClock, signal: stop.signal },
    );
    const input = requestOf(pcmInput(pcm(2000)));
    const job = collect(feishuStream.recognize(input, world));
    await vendor.waitFor(({ audio, indexOnPath }) => audio !== undefined && indexOnPath === 1);
    stop.abort(new Error("Ctrl-C"));
    await expect(job).rejects.toThrow("Ctrl-C");
    expect(lastAction(vendor)).toEqual(giveUp(2));
    expect(vendor.streams[0]?.state).toBe("aborted");
  });

  it("gives up on a vendor that does not answer action 3 either", async () => {
    const stop = new AbortController();
    const never = new Promise<void>(() => {});
    const { vendor, world } = await open(
      {
        faults: [
          {
            at: ({ path, indexOnPath }) => path.endsWith("stream_recognize") && indexOnPath === 3,
            fault: { kind: "hold-answer", until: never },
          },
        ],
      },
      { clock: systemClock, signal: stop.signal },
    );
    const input = requestOf(liveInput(3), { live: true });
    const job = collect(feishuStream.recognize(input, world));
    await vendor.waitFor(({ indexOnPath, outcome, path }) => {
      return path === vendor.paths.stream && indexOnPath === 2 && outcome === "answered";
    });
    stop.abort(new Error("Ctrl-C"));
    await expect(job).rejects.toThrow("Ctrl-C");
    expect(world.logged.at(-1)).toContain("could not be given up");
  });

  it("sends nothing where no stream was opened yet", async () => {
    const stop = new AbortController();
    const { vendor, world } = await open({}, { clock: systemClock, signal: stop.signal });
    const input = requestOf(liveInput(0), { live: true });
    const job = collect(feishuStream.recognize(input, world));
    stop.abort(new Error("Ctrl-C"));
    await expect(job).rejects.toThrow("Ctrl-C");
    expect(vendor.requests).toEqual([]);
  });

  it("gives the stream up when whoever listens leaves", async () => {
    const { vendor, world } = await open({}, { clock: systemClock });
    const input = requestOf(pcmInput(pcm(2000)));
    for await (const event of feishuStream.recognize(input, world)) {
      if (event.type === "partial") break;
    }
    expect(lastAction(vendor)).toEqual(giveUp(1));
    expect(vendor.violations).toEqual([]);
  });

  it("gives the stream up when the audio fails", async () => {
    const { vendor, world } = await open({}, { clock: systemClock });
    const audio = pcmInput(new Uint8Array(0), {
      async *open() {
        yield pcm(450);
        throw new Error("the disk is gone");
      },
    });
    const failure = await failureOf(collect(feishuStream.recognize(requestOf(audio), world)));
    expect(failure).toMatchObject({ message: "the disk is gone" });
    expect(lastAction(vendor)).toEqual(giveUp(2));
    expect(vendor.streams[0]?.state).toBe("aborted");
  });

  it("takes the number of a packet that the vendor refused once more", async () => {
    const { vendor, world } = await open(
      {
        faults: [
          {
            at: ({ path, indexOnPath }) => path.endsWith("stream_recognize") && indexOnPath === 2,
            fault: { kind: "code", code: 1610101 },
          },
        ],
      },
      { clock: systemClock },
    );
    const input = requestOf(pcmInput(pcm(2000)));
    const failure = await failureOf(collect(feishuStream.recognize(input, world)));
    expect(failure).toMatchObject({ details: { vendorCode: 1610101 } });
    expect(lastAction(vendor)).toEqual(giveUp(2));
    expect(vendor.violations).toEqual([]);
  });

  it("takes the number of a packet that was refused and waits to be repeated once more", async () => {
    const stop = new AbortController();
    const fault = platformRateLimit(60);
    const { vendor, world } = await open(
      { faults: [{ at: isPacket(2), fault }] },
      { clock: systemClock, signal: stop.signal },
    );
    const job = collect(feishuStream.recognize(requestOf(pcmInput(pcm(2000))), world));
    await vendor.waitFor((request) => isPacket(2)(request) && request.outcome === "answered");
    stop.abort(new Error("Ctrl-C"));
    await expect(job).rejects.toThrow("Ctrl-C");
    expect(lastAction(vendor)).toEqual(giveUp(2));
    expect(vendor.streams).toMatchObject([{ state: "aborted", packetCount: 3 }]);
    expect(vendor.violations).toEqual([]);
  });

  it("uses up the number of a packet whose answer was lost, whatever its repeat was told", async () => {
    const stop = new AbortController();
    const { vendor, world } = await open(
      {
        faults: [
          { at: isPacket(2), fault: { kind: "cut-before-answer" } },
          { at: isPacket(3), fault: platformRateLimit(60) },
        ],
      },
      { clock: systemClock, signal: stop.signal },
    );
    const job = collect(feishuStream.recognize(requestOf(pcmInput(pcm(2000))), world));
    await vendor.waitFor((request) => isPacket(3)(request) && request.outcome === "answered");
    stop.abort(new Error("Ctrl-C"));
    await expect(job).rejects.toThrow("Ctrl-C");
    expect(lastAction(vendor)).toEqual(giveUp(3));
    expect(vendor.streams).toMatchObject([{ state: "aborted", packetCount: 4 }]);
    expect(vendor.violations).toEqual([]);
  });

  it("gives nothing up where the first packet was refused and waits to be repeated", async () => {
    const stop = new AbortController();
    const { vendor, world } = await open(
      { faults: [{ at: isPacket(0), fault: platformRateLimit(60) }] },
      { clock: systemClock, signal: stop.signal },
    );
    const job = collect(feishuStream.recognize(requestOf(pcmInput(pcm(2000))), world));
    await vendor.waitFor((request) => isPacket(0)(request) && request.outcome === "answered");
    stop.abort(new Error("Ctrl-C"));
    await expect(job).rejects.toThrow("Ctrl-C");
    expect(speechOf(vendor)).toHaveLength(1);
  });

  it("asks for no second token where it was aborted while it waited for the first", async () => {
    const stop = new AbortController();
    const never = new Promise<void>(() => {});
    const { vendor, world } = await open(
      { faults: [{ at: 0, fault: { kind: "hold-answer", until: never } }] },
      { clock: systemClock, signal: stop.signal },
    );
    const job = collect(feishuStream.recognize(requestOf(pcmInput(pcm(2000))), world));
    await vendor.waitFor(({ index }) => index === 0);
    stop.abort(new Error("Ctrl-C"));
    await expect(job).rejects.toThrow("Ctrl-C");
    expect(vendor.requests.map(({ path }) => path)).toEqual([vendor.paths.token]);
  });
});
