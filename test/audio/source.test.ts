import { execFileSync, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readlinkSync, writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { PassThrough, Readable } from "node:stream";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { readError } from "../../src/audio/read-error.ts";
import { fileSource, streamSource } from "../../src/audio/source.ts";
import { itWith } from "../tools.ts";
import { generator } from "./build-wav.ts";
import { allBytes, failure } from "./sources.ts";

let folder: string;
let file: string;
const content = Buffer.alloc(1_500_000);

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "asr-source-"));
  file = path.join(folder, "noise.bin");
  const random = generator(3);
  for (let index = 0; index < content.length; index++) content[index] = random() * 256;
  writeFileSync(file, content);
});
afterAll(() => rm(folder, { recursive: true }));

/** Whether this process holds the file open. */
function isOpen(target: string): boolean {
  return readdirSync("/proc/self/fd").some((descriptor) => {
    try {
      return readlinkSync(`/proc/self/fd/${descriptor}`) === target;
    } catch {
      return false;
    }
  });
}
const itOnLinux = it.skipIf(process.platform !== "linux");

describe("a file as a source", () => {
  it("gives its bytes, as often as it is opened", async () => {
    const source = await fileSource(file, "noise");
    expect(source).toMatchObject({ name: "noise", sizeBytes: content.length, reopenable: true });
    for (let pass = 0; pass < 2; pass++) {
      expect(content.equals(await allBytes(source.open()))).toBe(true);
    }
  });

  it("is called by its path where no name is given", async () => {
    expect((await fileSource(file)).name).toBe(file);
  });

  it("hands out chunks that stay as they are", async () => {
    const chunks: Uint8Array[] = [];
    for await (const chunk of (await fileSource(file)).open()) chunks.push(chunk);
    expect(chunks.length).toBeGreaterThan(4);
    expect(content.equals(Buffer.concat(chunks))).toBe(true);
  });

  it("keeps a chunk for one turn where buffers are reused", async () => {
    const hash = createHash("sha256");
    let held: Uint8Array | undefined;
    for await (const chunk of (await fileSource(file)).open(undefined, { reuseBuffers: true })) {
      if (held !== undefined) hash.update(held);
      held = chunk;
    }
    if (held !== undefined) hash.update(held);
    expect(hash.digest("hex")).toBe(createHash("sha256").update(content).digest("hex"));
  });

  it("gives one stretch alone, wherever it lies", async () => {
    const source = await fileSource(file);
    const far = 1_000_000;
    for (const [start, end] of [
      [0, 10],
      [far + 1, far + 700_001],
      [far, Number.POSITIVE_INFINITY],
      [7, 7],
      [content.length, Number.POSITIVE_INFINITY],
    ] as const) {
      const bytes = await allBytes(source.openStretch?.(start, end) ?? source.open());
      expect(content.subarray(start, end).equals(bytes)).toBe(true);
    }
  });

  it("keeps a chunk of a stretch for one turn where buffers are reused", async () => {
    const source = await fileSource(file);
    const hash = createHash("sha256");
    let held: Uint8Array | undefined;
    const options = { reuseBuffers: true };
    for await (const chunk of source.openStretch?.(99, 1_400_000, undefined, options) ?? []) {
      if (held !== undefined) hash.update(held);
      held = chunk;
    }
    if (held !== undefined) hash.update(held);
    const expected = createHash("sha256").update(content.subarray(99, 1_400_000)).digest("hex");
    expect(hash.digest("hex")).toBe(expected);
  });

  itOnLinux("is closed after a stretch, however that ends (needs /proc)", async () => {
    const source = await fileSource(file);
    const controller = new AbortController();
    for await (const _ of source.openStretch?.(5, 200_000) ?? []) {
      expect(isOpen(file)).toBe(true);
      break;
    }
    expect(isOpen(file)).toBe(false);
    const reason = new Error("enough");
    const work = (async () => {
      const stretch = source.openStretch?.(5, 400_000, controller.signal) ?? [];
      for await (const _ of stretch) controller.abort(reason);
    })();
    await expect(work).rejects.toBe(reason);
    expect(isOpen(file)).toBe(false);
  });

  it("that is gone when a stretch is read says so", async () => {
    const passing = path.join(folder, "passing.bin");
    writeFileSync(passing, content);
    const source = await fileSource(passing, "passing.bin");
    await rm(passing);
    const { kind, text } = await failure(allBytes(source.openStretch?.(1, 2) ?? source.open()));
    expect(kind).toBe("audio");
    expect(text).toContain("passing.bin: can't be read\nthere is no such file");
  });

  it("ends a stretch early where it became shorter meanwhile", async () => {
    const shrinking = path.join(folder, "shrinking.bin");
    writeFileSync(shrinking, content);
    const source = await fileSource(shrinking);
    writeFileSync(shrinking, content.subarray(0, 150));
    expect(await allBytes(source.openStretch?.(100, 900) ?? source.open())).toHaveLength(50);
  });

  it("says where other programs find it, from any folder", async () => {
    const relative = path.relative(process.cwd(), file);
    expect((await fileSource(relative, "noise")).path).toBe(file);
    expect(streamSource(new PassThrough(), "-").path).toBeUndefined();
  });

  itOnLinux("is closed when the loop is left early (needs /proc)", async () => {
    const source = await fileSource(file);
    for await (const chunk of source.open()) {
      expect(chunk.length).toBeGreaterThan(0);
      expect(isOpen(file)).toBe(true);
      break;
    }
    expect(isOpen(file)).toBe(false);
  });

  itOnLinux("is closed on abort, which throws the signal's reason (needs /proc)", async () => {
    const source = await fileSource(file);
    const controller = new AbortController();
    const reason = new Error("enough");
    const work = (async () => {
      for await (const _ of source.open(controller.signal)) controller.abort(reason);
    })();
    await expect(work).rejects.toBe(reason);
    expect(isOpen(file)).toBe(false);
  });

  itOnLinux("is not opened before its first chunk is asked for (needs /proc)", async () => {
    const chunks = (await fileSource(file)).open();
    expect(isOpen(file)).toBe(false);
    expect(content.equals(await allBytes(chunks))).toBe(true);
  });

  it("does not begin when it is aborted already", async () => {
    const source = await fileSource(file);
    const reason = new Error("never mind");
    await expect(allBytes(source.open(AbortSignal.abort(reason)))).rejects.toBe(reason);
  });

  it("that is missing says so", async () => {
    const { kind, text } = await failure(fileSource(path.join(folder, "nope.wav"), "nope.wav"));
    expect(kind).toBe("audio");
    expect(text).toContain("nope.wav: can't be read\nthere is no such file");
  });

  it("that is a folder says so", async () => {
    const { kind, text } = await failure(fileSource(folder, "recordings"));
    expect(kind).toBe("audio");
    expect(text).toContain("recordings: can't be read\nit is a folder");
  });

  it.skipIf(process.platform === "win32")("that is a device says so", async () => {
    const { kind, text } = await failure(fileSource("/dev/null"));
    expect(kind).toBe("audio");
    expect(text).toContain("neither a file nor a pipe");
  });

  it.each([
    ["EACCES", "you may not read it"],
    ["EIO", "the disk or the network share failed"],
    ["EMFILE", "too many files are open"],
  ])("that fails with %s says why and what to do", (code, reason) => {
    const error = readError("talk.wav", Object.assign(new Error(code), { code }));
    expect(error).toMatchObject({ kind: "audio", message: "talk.wav: can't be read" });
    expect(error.details.reason).toBe(reason);
    expect(error.details.hint).toBeTruthy();
  });

  it("that vanishes before it is opened says so", async () => {
    const short = path.join(folder, "short.wav");
    writeFileSync(short, "x");
    const source = await fileSource(short, "short.wav");
    await rm(short);
    const { kind, text } = await failure(allBytes(source.open()));
    expect(kind).toBe("audio");
    expect(text).toContain("there is no such file");
  });

  it("that becomes a folder says so", async () => {
    const changing = path.join(folder, "changing");
    writeFileSync(changing, "x");
    const source = await fileSource(changing, "changing");
    await rm(changing);
    mkdirSync(changing);
    expect((await failure(allBytes(source.open()))).text).toContain("it is a folder");
  });
});

describe("a named pipe as a source", () => {
  itWith("mkfifo", "gives what is written into it, once", async () => {
    const fifo = path.join(folder, "fifo");
    execFileSync("mkfifo", [fifo]);
    const source = await fileSource(fifo);
    expect(source.reopenable).toBe(false);
    expect(source).not.toHaveProperty("sizeBytes");
    const reading = allBytes(source.open());
    const writer = spawn("sh", ["-c", `cat "$1" > "$2"`, "sh", file, fifo]);
    expect(content.equals(await reading)).toBe(true);
    expect(writer.pid).toBeGreaterThan(0);
    expect(() => source.open()).toThrow("can be read only once");
  });

  itWith("mkfifo", "that nobody writes into ends by the signal", async () => {
    const fifo = path.join(folder, "silent");
    execFileSync("mkfifo", [fifo]);
    const controller = new AbortController();
    const reading = allBytes((await fileSource(fifo)).open(controller.signal));
    setImmediate(() => controller.abort(new Error("enough")));
    await expect(reading).rejects.toThrow("enough");
  });
});

describe("a stream as a source", () => {
  it("gives its bytes once", async () => {
    const source = streamSource(Readable.from([content, Buffer.alloc(0)]), "-");
    expect(source).toMatchObject({ name: "-", reopenable: false });
    expect(source).not.toHaveProperty("sizeBytes");
    expect(content.equals(await allBytes(source.open()))).toBe(true);
    expect(() => source.open()).toThrow("-: can be read only once");
  });

  it("is destroyed when the loop is left early", async () => {
    const stream = new PassThrough();
    stream.write("first");
    for await (const chunk of streamSource(stream, "-").open()) {
      expect(Buffer.from(chunk).toString()).toBe("first");
      break;
    }
    expect(stream.destroyed).toBe(true);
  });

  it("stops waiting on abort", async () => {
    const stream = new PassThrough();
    const controller = new AbortController();
    const reading = allBytes(streamSource(stream, "-").open(controller.signal));
    setImmediate(() => controller.abort("no more"));
    await expect(reading).rejects.toBe("no more");
    expect(stream.destroyed).toBe(true);
  });

  it("leaves no listener at a signal that outlives it", async () => {
    const { signal } = new AbortController();
    const add = vi.spyOn(signal, "addEventListener");
    const remove = vi.spyOn(signal, "removeEventListener");
    await allBytes(streamSource(Readable.from([content]), "-").open(signal));
    const listeners = add.mock.calls.map(([, listener]) => listener);
    expect(listeners).not.toEqual([]);
    expect(remove.mock.calls.map(([, listener]) => listener)).toEqual(
      expect.arrayContaining(listeners),
    );
  });

  it("that breaks says so", async () => {
    const stream = new PassThrough();
    const reading = allBytes(streamSource(stream, "-").open());
    stream.destroy(new Error("the cable is out"));
    const { kind, text } = await failure(reading);
    expect(kind).toBe("audio");
    expect(text).toContain("-: can't be read\nthe cable is out");
  });
});
