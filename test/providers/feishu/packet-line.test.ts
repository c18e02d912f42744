import { describe, expect, it } from "vitest";
import { PacketLine } from "../../../src/providers/feishu/packet-line.ts";
import { FEISHU } from "../../../src/providers/feishu/site.ts";
import { pcm } from "../../vendors/hand/audio.ts";
import { platformRateLimit } from "../../vendors/server/common-faults.ts";
import type { FaultPlan } from "../../vendors/server/faults.ts";
import { open, speechOf } from "./open.ts";

/** A line of packets, and how long it asked the account to pause. */
async function openLine(faults: FaultPlan) {
  const { vendor, world } = await open({ faults });
  const pausesMs: (number | undefined)[] = [];
  const held = {
    slowDown: (ms?: number) => void pausesMs.push(ms),
    leave: () => {},
  };
  const line = new PacketLine({
    site: FEISHU,
    context: world,
    held,
    engine: {},
    streamId: "0123456789abcdef",
    onPossiblyBilledTwice: () => {},
  });
  return { vendor, line, pausesMs };
}

const signal = new AbortController().signal;
const isSpeech = ({ path }: { path: string }) => path.endsWith("stream_recognize");

describe("a line of packets", () => {
  it("tells the account how long the vendor wants it to pause", async () => {
    const { line, pausesMs } = await openLine([
      { at: isSpeech, times: 1, fault: platformRateLimit(7) },
    ]);
    await line.send("first", pcm(200), signal);
    expect(pausesMs).toEqual([7_000]);
  });

  it("counts every request that went out, and none that did not", async () => {
    const { vendor, line } = await openLine([
      { at: isSpeech, times: 1, fault: { kind: "code", code: 1610102 } },
    ]);
    await line.send("first", pcm(200), signal);
    await line.send("middle", pcm(200), signal);
    expect(line.requestCount).toBe(3);
    expect(speechOf(vendor)).toHaveLength(3);
    await vendor.close();
    await expect(line.send("middle", pcm(200), signal)).rejects.toThrow();
    expect(line.requestCount).toBe(3);
  });
});
