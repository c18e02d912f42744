import { mkdtempSync, rmSync } from "node:fs";
import { mkdir, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { bytesOfJob, fileOfJob } from "../../../src/queue/work/queued-input.ts";

function folder(): string {
  const made = mkdtempSync(path.join(tmpdir(), "asr-queued-"));
  onTestFinished(() => rmSync(made, { recursive: true, force: true }));
  return made;
}

async function placeOf(file: string) {
  const { size, mtimeMs } = await stat(file);
  return { kind: "path" as const, path: file, sizeBytes: size, modifiedMs: mtimeMs };
}

describe("a file that the queue names", () => {
  it("is opened below the worker's folder, also where that is a link", async () => {
    const root = folder();
    const linked = path.join(folder(), "mount");
    await symlink(root, linked);
    await mkdir(path.join(root, "deep"));
    await writeFile(path.join(root, "deep", "a.wav"), "audio");
    // Who submits may have gone there by the link, and been told of the place that it leads to.
    for (const way of [linked, root]) {
      const place = await placeOf(path.join(way, "deep", "a.wav"));
      const source = await fileOfJob(place, "a.wav", linked);
      expect(source).toMatchObject({ name: "a.wav", sizeBytes: 5, reopenable: true });
    }
  });

  it("is not opened outside of it, by dots or links", async () => {
    const root = folder();
    const outside = path.join(folder(), "secret.wav");
    await writeFile(outside, "audio");
    await symlink(outside, path.join(root, "link.wav"));
    const place = await placeOf(outside);
    const dots = path.join(root, "..", path.relative(path.dirname(root), outside));
    for (const way of [outside, dots, path.join(root, "link.wav"), root]) {
      const opening = fileOfJob({ ...place, path: way }, "a.wav", root);
      await expect(opening).rejects.toThrow("a.wav: is not below the folder that the worker reads");
    }
  });

  it("has to be there, and as it was", async () => {
    const root = folder();
    const file = path.join(root, "a.wav");
    await writeFile(file, "audio");
    const place = await placeOf(file);
    for (const change of [{ sizeBytes: 4 }, { modifiedMs: 1 }]) {
      const opening = fileOfJob({ ...place, ...change }, "a.wav", root);
      await expect(opening).rejects.toMatchObject({
        kind: "audio",
        message: "a.wav: was changed since it was put on the queue",
      });
    }
    const gone = fileOfJob({ ...place, path: path.join(root, "b.wav") }, "b.wav", root);
    await expect(gone).rejects.toMatchObject({
      kind: "audio",
      details: { hint: expect.stringContaining("mount the storage") },
    });
  });
});

describe("bytes from the queue", () => {
  it("are read as a file is, and kept from whoever writes over them", async () => {
    const source = bytesOfJob(Uint8Array.of(1, 2, 3, 4), "a.wav");
    for await (const chunk of source.open()) chunk.fill(0);
    expect(await bytesIn(source.open())).toEqual([1, 2, 3, 4]);
    const ranges = await source.openRanges?.();
    expect([...((await ranges?.read(2, 9)) ?? [])]).toEqual([3, 4]);
    const stretch = source.openStretch?.(1, 3);
    expect(stretch === undefined ? [] : await bytesIn(stretch)).toEqual([2, 3]);
    expect(await bytesIn(bytesOfJob(new Uint8Array(), "none").open())).toEqual([]);
  });
});

async function bytesIn(chunks: AsyncIterable<Uint8Array>): Promise<number[]> {
  const bytes: number[] = [];
  for await (const chunk of chunks) bytes.push(...chunk);
  return bytes;
}
