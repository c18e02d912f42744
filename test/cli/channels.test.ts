/** What a vendor hears of a stereo file whose sides say different things, side by side. */
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { hearNumbers, numbersIn } from "../vendors/ears/number-ear.ts";
import { numberedWav } from "../vendors/ears/numbered-audio.ts";
import { receivedRecordings } from "../vendors/ears/received.ts";
import { asrInProcess } from "./in-process.ts";
import { temporaryFolder } from "./run.ts";
import { openVendor, VENDOR_IDS, type VendorId } from "./vendor-accounts.ts";

/** Left says the even seconds, right the odd ones. */
const STEREO = numberedWav({ seconds: 8, channels: 2 });
const LEFT = [0, 2, 4, 6];
const RIGHT = [1, 3, 5, 7];
const BOTH = [0, 1, 2, 3, 4, 5, 6, 7];

interface SegmentJson {
  readonly text: string;
  readonly start: number;
  readonly channel?: number;
}

async function transcribe(id: VendorId, channels: string) {
  const { vendor, env } = await openVendor(id, { keepAudio: true, recognise: hearNumbers() });
  const cwd = temporaryFolder();
  await writeFile(path.join(cwd, "call.wav"), STEREO);
  const words = ["transcribe", "call.wav", "-p", id, "-f", "json", "--channels", channels];
  const { code, stdout, stderr } = await asrInProcess(words, { cwd, env });
  expect({ code, violations: vendor.violations, stderr }).toMatchObject({
    code: 0,
    violations: [],
  });
  const segments: readonly SegmentJson[] = JSON.parse(stdout).segments;
  const heardOn = (channel: number | undefined) =>
    numbersIn(
      segments
        .filter((segment) => segment.channel === channel)
        .map(({ text }) => text)
        .join(" "),
    );
  const received = receivedRecordings(vendor);
  const original = received.some(({ bytes }) => bytes.equals(STEREO));
  return { segments, heardOn, received, original };
}

describe.each(VENDOR_IDS)("two channels for %s", (id) => {
  it("are both heard in the mix, which is never the original file", async () => {
    const { heardOn, original, received } = await transcribe(id, "mix");
    expect(heardOn(undefined)).toEqual(BOTH);
    expect(original).toBe(false);
    expect(received.map(({ channels }) => channels)).toEqual([1]);
  });

  it("leave only the first with --channels first", async () => {
    const { segments, received } = await transcribe(id, "first");
    expect(numbersIn(segments.map(({ text }) => text).join(" "))).toEqual(LEFT);
    expect(received).toHaveLength(1);
  });

  it("are told apart with --channels all", async () => {
    const { heardOn, received, original } = await transcribe(id, "all");
    expect(heardOn(0)).toEqual(LEFT);
    expect(heardOn(1)).toEqual(RIGHT);
    expect(heardOn(undefined)).toEqual([]);
    // Who tells them apart itself gets the file as it is; the others one request a channel.
    expect({ original, requests: received.length }).toEqual(
      id === "tencent-flash" ? { original: true, requests: 1 } : { original: false, requests: 2 },
    );
  });
});
