/** Compressed recordings go to a vendor that takes them as they are, bit for bit, or not at all. */
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { COMPRESSED_NAMES, compressedPath } from "../audio/compressed/fixtures.ts";
import { asr } from "./run.ts";
import { openVendor, type VendorId } from "./vendor-accounts.ts";

/** Which files each vendor takes as they are; all others are refused before anything is sent. */
const TAKEN: Readonly<Partial<Record<VendorId, readonly string[]>>> = {
  "tencent-flash": [
    "en-librivox-0890.mp3",
    "en-librivox-0890.m4a",
    "en-librivox-0890.aac",
    "en-librivox-0890-opus.ogg",
    "en-librivox-0890-speex.ogg",
    "en-librivox-0890.amr",
    "en-librivox-0890.silk",
  ],
  "tencent-realtime": ["en-librivox-0890-speex.ogg", "en-librivox-0890.silk"],
  stepfun: [
    "en-librivox-0890.mp3",
    "en-librivox-0890.m4a",
    "en-librivox-0890-opus.ogg",
    "en-librivox-0890-vorbis.ogg",
  ],
  "feishu-file": [],
  "lark-stream": [],
};

const STEREO = "en-librivox-0890-stereo.mp3";

const ROWS = Object.entries(TAKEN).flatMap(([id, taken]) =>
  COMPRESSED_NAMES.map((name) => [id as VendorId, name, taken.includes(name)] as const),
);

describe("a compressed recording", () => {
  it.each(ROWS.filter(([, , isTaken]) => isTaken))("goes to %s as it is: %s", async (id, name) => {
    await expectSent(id, name, []);
  });

  it.each(ROWS.filter(([, , isTaken]) => !isTaken))("is not sent to %s: %s", async (id, name) => {
    await expectRefused(id, name, []);
  });

  it.each(["first", "all"])("of two channels goes to flash with --channels %s", async (mode) => {
    const { vendor } = await expectSent("tencent-flash", STEREO, ["--channels", mode]);
    const asked = vendor.requests.find(({ audio }) => audio !== undefined)?.parameters;
    expect(asked?.first_channel_only ?? "1").toBe(mode === "all" ? "0" : "1");
  });

  it("of two channels says how they can be sent", async () => {
    const run = await expectRefused("tencent-flash", STEREO, []);
    expect(run.stderr).toContain("--channels first or --channels all");
  });

  it("of two channels is not taken apart here", async () => {
    await expectRefused("stepfun", STEREO, ["--channels", "first"]);
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

  it("is not decoded for the local recogniser either", async () => {
    const words = ["transcribe", compressedPath("en-librivox-0890.mp3"), "-p", "local"];
    const { code, stdout, stderr } = await asr(words);
    expect({ code, stdout }).toEqual({ code: 3, stdout: "" });
    expect(stderr).toContain("ffmpeg -i IN -c:a pcm_s16le OUT.wav");
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
  const run = await asr(["transcribe", compressedPath(name), "-p", id, ...options], { env });
  expect({ code: run.code, stdout: run.stdout }).toEqual({ code: 3, stdout: "" });
  expect(run.stderr).toContain("ffmpeg -i IN -c:a pcm_s16le OUT.wav");
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
