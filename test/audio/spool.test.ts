import { readdirSync, statSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { disposeSpooledNow, spool } from "../../src/audio/spool.ts";
import { audioError } from "../../src/errors.ts";
import { allBytes, failure, memorySource } from "./sources.ts";

const bytes = new Uint8Array(300_000).map((_, index) => index * 7);
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "asr-spool-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

function piped() {
  return memorySource(bytes, { pipe: true, cuts: [70_000, 1], name: "-" });
}

describe("a spooled pipe", () => {
  it("has a length and can be read again, under its old name", async () => {
    const source = await spool(piped(), folder);
    expect(source).toMatchObject({ name: "-", sizeBytes: bytes.length, reopenable: true });
    expect(await allBytes(source.open())).toEqual(bytes);
    expect(await allBytes(source.open())).toEqual(bytes);
    await source.dispose();
  });

  it("is a file as any other: it has a path, and is read from anywhere", async () => {
    const source = await spool(piped(), folder);
    expect(path.dirname(source.path ?? "")).toBe(folder);
    const stretch = source.openStretch?.(99_000, 250_000) ?? source.open();
    expect(await allBytes(stretch)).toEqual(bytes.subarray(99_000, 250_000));
    await source.dispose();
  });

  it.skipIf(process.platform === "win32")("is for this user's eyes only", async () => {
    const source = await spool(piped(), folder);
    const [name = ""] = readdirSync(folder);
    expect(statSync(path.join(folder, name)).mode & 0o777).toBe(0o600);
    await source.dispose();
  });

  it.each(["dispose", "disposeNow"] as const)("is gone after %s, called twice", async (way) => {
    const source = await spool(piped(), folder);
    expect(readdirSync(folder)).toHaveLength(1);
    const { [way]: dispose } = source;
    await dispose();
    expect(readdirSync(folder)).toEqual([]);
    await dispose();
  });

  it("can be disposed of when somebody else removed it", async () => {
    const source = await spool(piped(), folder);
    await rm(folder, { recursive: true });
    await source.dispose();
  });

  it("is removed when the pipe breaks", async () => {
    const broken = {
      ...piped(),
      async *open() {
        yield bytes;
        expect(readdirSync(folder)).toHaveLength(1);
        throw audioError("-: can't be read");
      },
    };
    expect((await failure(spool(broken, folder))).text).toContain("-: can't be read");
    expect(readdirSync(folder)).toEqual([]);
  });

  it("is removed on abort, which throws the signal's reason", async () => {
    const controller = new AbortController();
    const reason = new Error("enough");
    const endless = {
      ...piped(),
      async *open(signal?: AbortSignal) {
        for (let turn = 0; ; turn++) {
          signal?.throwIfAborted();
          if (turn === 3) controller.abort(reason);
          yield bytes;
        }
      },
    };
    await expect(spool(endless, folder, controller.signal)).rejects.toBe(reason);
    expect(readdirSync(folder)).toEqual([]);
  });

  it("is removed at once while it is still being written", async () => {
    const watched = {
      ...piped(),
      async *open() {
        yield bytes;
        disposeSpooledNow();
        expect(readdirSync(folder)).toEqual([]);
        throw audioError("-: can't be read");
      },
    };
    expect((await failure(spool(watched, folder))).kind).toBe("audio");
  });

  it("that can't be written names the file and the mend", async () => {
    const { kind, text } = await failure(spool(piped(), path.join(folder, "missing")));
    expect(kind).toBe("output");
    expect(text).toContain("can't write the temporary file");
    expect(text).toContain("TMPDIR");
  });
});
