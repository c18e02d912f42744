/**
 * Compressed recordings go to a vendor that takes them as they are, bit for bit; what becomes of the
 * others is in `any-recording.test.ts`, and here where nothing is there to decode them.
 */
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { compressedPath } from "../audio/compressed/fixtures.ts";
import { asr } from "./run.ts";
import { openVendor, type VendorId } from "./vendor-accounts.ts";

/** Which files each vendor takes as they are. */
const TAKEN: Readonly<Partial<Record<VendorId, readonly string[]>>> = {
  "tencent-flash": [
    "en-librivox-0890.mp3",
    "en-librivox-0890.m4a",
    "en-librivox-0890.aac",
    "en-librivox-0890-opus.ogg",
    "en-librivox-0890-speex.ogg",
    "en-librivox-0890.amr",
    "en-librivox-0890-wb.amr",
    "en-librivox-0890.silk",
  ],
  "tencent-realtime": ["en-librivox-0890-speex.ogg", "en-librivox-0890.silk"],
  stepfun: [
    "en-librivox-0890.mp3",
    "en-librivox-0890.m4a",
    "en-librivox-0890-opus.ogg",
    "en-librivox-0890-vorbis.ogg",
  ],
};

/** What only ffmpeg decodes, for a vendor that does not take it. */
const UNDECODED: readonly (readonly [VendorId, string])[] = [
  ["feishu-file", "en-librivox-0890.m4a"],
  ["feishu-stream", "en-librivox-0890.aac"],
  ["tencent-realtime", "en-librivox-0890.mp4"],
  ["stepfun", "en-librivox-0890-wb.amr"],
  ["stepfun", "en-librivox-0890-speex.ogg"],
  ["tencent-flash", "en-librivox-0890.avi"],
];

const STEREO = "en-librivox-0890-stereo.mp3";

const ROWS = Object.entries(TAKEN).flatMap(([id, taken]) =>
  taken.map((name) => [id as VendorId, name] as const),
);

describe("a compressed recording", () => {
  it.each(ROWS)("goes to %s as it is: %s", async (id, name) => {
    await expectSent(id, name, []);
  });

  it.each(UNDECODED)("asks for ffmpeg before anything is sent to %s: %s", async (id, name) => {
    await expectRefused(id, name, []);
  });

  it.each(["first", "all"])("of two channels goes to flash with --channels %s", async (mode) => {
    const { vendor } = await expectSent("tencent-flash", STEREO, ["--channels", mode]);
    const asked = vendor.requests.find(({ audio }) => audio !== undefined)?.parameters;
    expect(asked?.first_channel_only ?? "1").toBe(mode === "all" ? "0" : "1");
  });

  it.each([
    ["tencent-flash", "en-librivox-0890.m4a"],
    ["tencent-realtime", "en-librivox-0890.silk"],
    ["stepfun", "en-librivox-0890.mp3"],
  ] as const)("goes to %s from a pipe too: %s", async (id, name) => {
    const { vendor, env } = await openVendor(id, { keepAudio: true });
    const file = await readFile(compressedPath(name));
    const run = await asr(["transcribe", "-", "-p", id], { env, stdin: file });
    expect({ code: run.code, stderr: run.stderr }).toEqual({ code: 0, stderr: "" });
    expect(vendor.violations).toEqual([]);
    expect(sha256(received(vendor))).toBe(sha256(file));
  });
});

async function expectSent(id: VendorId, name: string, options: readonly string[]) {
  const { vendor, env } = await openVendor(id, { keepAudio: true });
  const words = ["transcribe", compressedPath(name), "-p", id, "-f", "json", ...options];
  const run = await asr(words, { env });
  expect({ code: run.code, stderr: run.stderr }).toEqual({ code: 0, stderr: "" });
  expect(vendor.violations).toEqual([]);
  const file = await readFile(compressedPath(name));
  expect(sha256(received(vendor))).toBe(sha256(file));
  const { source, duration } = JSON.parse(run.stdout);
  expect(source.sha256).toBe(sha256(file));
  expect(Math.abs(duration - 5.3)).toBeLessThan(0.12);
  return { vendor, run };
}

async function expectRefused(id: VendorId, name: string, options: readonly string[]) {
  const { vendor, env } = await openVendor(id);
  const words = ["transcribe", compressedPath(name), "-p", id, ...options];
  const run = await asr(words, { env: { ...env, PATH: "" } });
  expect({ code: run.code, stdout: run.stdout }).toEqual({ code: 2, stdout: "" });
  expect(run.stderr).toContain("install ffmpeg");
  expect(vendor.requests).toEqual([]);
  return run;
}

/** What came, slices in their order. */
function received({ requests }: Awaited<ReturnType<typeof openVendor>>["vendor"]): Buffer {
  return Buffer.concat(requests.flatMap(({ audio }) => (audio?.bytes ? [audio.bytes] : [])));
}

function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
