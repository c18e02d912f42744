import { mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { checkWritable, openGrowingFile, openWholeFile } from "../../src/jobs/files.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "asr-files-"));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

describe("openWholeFile", () => {
  it("leaves the old result until the new one is complete", async () => {
    const file = path.join(folder, "a.srt");
    await writeFile(file, "old");
    const result = openWholeFile(file, "x1");
    await result.append("new ");
    await result.append("text");
    expect(await readFile(file, "utf8")).toBe("old");
    await result.commit();
    expect(await readFile(file, "utf8")).toBe("new text");
    expect(await readdir(folder)).toEqual(["a.srt"]);
  });

  it("leaves nothing behind where the job failed", async () => {
    const result = openWholeFile(path.join(folder, "a.srt"), "x1");
    await result.append("half");
    await result.discard();
    expect(await readdir(folder)).toEqual([]);
  });

  it("makes the folders of its path and an empty file for an empty result", async () => {
    const file = path.join(folder, "deep", "er", "a.txt");
    await openWholeFile(file, "x1").commit();
    expect((await stat(file)).size).toBe(0);
  });

  it("writes through a link instead of replacing it", async () => {
    const target = path.join(folder, "target.txt");
    const link = path.join(folder, "link.txt");
    await writeFile(target, "old");
    await symlink(target, link);
    const result = openWholeFile(link, "x1");
    await result.append("new");
    await result.commit();
    expect(await readFile(target, "utf8")).toBe("new");
  });
});

describe("openGrowingFile", () => {
  it("shows what was written before the job has ended, and keeps it after a failure", async () => {
    const file = path.join(folder, "a.jsonl");
    const result = openGrowingFile(file);
    await result.append("1\n");
    expect(await readFile(file, "utf8")).toBe("1\n");
    await result.discard();
    expect(await readFile(file, "utf8")).toBe("1\n");
  });
});

describe("checkWritable", () => {
  it("knows a device from a file from nothing", async () => {
    const file = path.join(folder, "a.txt");
    expect(await checkWritable(file, false)).toBe("missing");
    await writeFile(file, "");
    expect(await checkWritable(file, false)).toBe("file");
    expect(await checkWritable("/dev/null", false)).toBe("device");
  });

  it.each([
    ["a folder that is not there", "none/a.txt", false],
    ["a folder in the way of the file", ".", false],
    ["a file in the way of the folder", "blocked/a.txt", true],
  ])("refuses %s with exit code 10", async (_, name, makeFolders) => {
    await writeFile(path.join(folder, "blocked"), "");
    await expect(checkWritable(path.join(folder, name), makeFolders)).rejects.toMatchObject({
      kind: "output",
      exitCode: 10,
    });
  });
});
