import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { findRecorder } from "../../../src/audio/microphone/find-recorder.ts";
import { recordersOf } from "../../../src/audio/microphone/recorders.ts";

/** A folder that holds programs of these names. */
function folderWith(...names: readonly string[]): string {
  const folder = mkdtempSync(path.join(tmpdir(), "asr-recorders-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const name of names) {
    writeFileSync(path.join(folder, name), "");
    chmodSync(path.join(folder, name), 0o755);
  }
  return folder;
}

const commandLines = (platform: NodeJS.Platform, device: string | undefined) =>
  recordersOf(platform).recorders.map(({ program, call }) => {
    const { words, variables = {} } = call(device);
    const set = Object.entries(variables).map(([name, value]) => `${name}=${value}`);
    return [...set, program, ...words].join(" ");
  });

describe("the recorders", () => {
  it("of Linux give 16 kHz mono samples of their default, or of a device", () => {
    expect(commandLines("linux", undefined)).toEqual([
      "arecord -q -t raw -f S16_LE -r 16000 -c 1",
      "parec --raw --format=s16le --rate=16000 --channels=1 --latency-msec=50",
      "rec -q --buffer 2048 -t raw -r 16000 -c 1 -b 16 -e signed-integer -L -",
      "sox -q --buffer 2048 -d -t raw -r 16000 -c 1 -b 16 -e signed-integer -L -",
      "ffmpeg -hide_banner -loglevel error -nostdin -f alsa -i default -ac 1 -ar 16000 -c:a pcm_s16le -f s16le -flush_packets 1 pipe:1",
    ]);
    const named = commandLines("linux", "hw:1,0");
    expect(named[0]).toMatch(/ -D plughw:1,0$/);
    expect(named[1]).toMatch(/ --device=hw:1,0$/);
    expect(named[2]).toMatch(/^AUDIODEV=hw:1,0 rec /);
    expect(named[4]).toContain("-f alsa -i hw:1,0 ");
  });

  it("of macOS and Windows are sox and ffmpeg", () => {
    expect(commandLines("darwin", undefined).map((line) => line.split(" ")[0])).toEqual([
      "rec",
      "sox",
      "ffmpeg",
    ]);
    expect(commandLines("darwin", "1").at(-1)).toContain("-f avfoundation -i :1 ");
    expect(commandLines("win32", "Microphone (USB)")).toEqual([
      expect.stringContaining("-f dshow -audio_buffer_size 50 -i audio=Microphone (USB) "),
    ]);
    expect(() => commandLines("win32", undefined)).toThrow("needs the name of the microphone");
  });
});

describe("the recorder that is taken", () => {
  it("is the first that is there, without what is none of its business", async () => {
    const PATH = folderWith("ffmpeg", "rec");
    const environment = { PATH, PULSE_SERVER: "unix:/x", TENCENTCLOUD_SECRET_KEY: "s", HOME: "/h" };
    expect(await findRecorder("mic1", environment, "linux")).toMatchObject({
      name: "rec",
      program: path.join(PATH, "rec"),
      environment: { PATH, PULSE_SERVER: "unix:/x", HOME: "/h", AUDIODEV: "mic1" },
    });
    const { environment: kept } = await findRecorder(undefined, environment, "linux");
    expect(Object.keys(kept).toSorted()).toEqual(["HOME", "PATH", "PULSE_SERVER"]);
  });

  it("is named where it is missing, with how to get it", async () => {
    const PATH = folderWith();
    await expect(findRecorder(undefined, { PATH }, "linux")).rejects.toMatchObject({
      kind: "usage",
      details: { hint: expect.stringContaining("apt install alsa-utils") },
    });
    await expect(findRecorder(undefined, { PATH }, "darwin")).rejects.toMatchObject({
      details: { hint: expect.stringContaining("brew install sox") },
    });
  });
});
