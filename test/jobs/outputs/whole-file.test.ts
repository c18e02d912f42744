import {
  type FileHandle,
  mkdir,
  open as openFile,
  readdir,
  readFile,
  stat,
  symlink,
  writeFile,
} from "node:fs/promises";
import path from "node:path";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { openWholeFile } from "../../../src/jobs/outputs/whole-file.ts";
import { sinkContext, temporaryFolder } from "../place.ts";

/** What all open files share. */
async function handlePrototype(folder: string): Promise<FileHandle> {
  const handle = await openFile(folder);
  await handle.close();
  onTestFinished(() => void vi.restoreAllMocks());
  return Object.getPrototypeOf(handle);
}

/** What is asked of the disk, and which results were in their places by then. */
async function spyOnDisk(folder: string): Promise<string[]> {
  const asked: string[] = [];
  const note = (text: string) => async (): Promise<void> => {
    const isThere = (await readdir(folder)).includes("a.txt");
    asked.push(`${text} ${isThere ? "with" : "before"} a.txt`);
  };
  const handles = await handlePrototype(folder);
  vi.spyOn(handles, "datasync").mockImplementation(note("bytes"));
  vi.spyOn(handles, "sync").mockImplementation(note("names"));
  return asked;
}

const open = (file: string) => openWholeFile(file, "x1", sinkContext());

describe("openWholeFile", () => {
  it("leaves the old result until the new one is complete", async () => {
    const folder = temporaryFolder();
    const file = path.join(folder, "a.srt");
    await writeFile(file, "old");
    const result = open(file);
    await result.append("new ");
    await result.append("text");
    expect(await readFile(file, "utf8")).toBe("old");
    await result.commit();
    expect(await readFile(file, "utf8")).toBe("new text");
    expect(await readdir(folder)).toEqual(["a.srt"]);
  });

  it("is on the disk before it takes its place, and its name before it is said to be done", async () => {
    const folder = temporaryFolder();
    const file = path.join(folder, "a.txt");
    const asked = await spyOnDisk(folder);
    const result = open(file);
    await result.append("text");
    await result.commit();
    expect(asked).toEqual(["bytes before a.txt", "names with a.txt"]);
  });

  it("keeps what the disk did not take in the end", async () => {
    const folder = temporaryFolder();
    const full = Object.assign(new Error("full"), { code: "ENOSPC" });
    vi.spyOn(await handlePrototype(folder), "datasync").mockRejectedValue(full);
    const result = open(path.join(folder, "a.txt"));
    await result.append("paid for");
    const error = await result.commit().catch((thrown) => thrown);
    expect(error).toMatchObject({ kind: "output", details: { reason: "the disk is full" } });
    expect(await readdir(folder)).toEqual([".asr-x1.part"]);
  });

  it("leaves nothing behind where the job failed", async () => {
    const folder = temporaryFolder();
    const result = open(path.join(folder, "a.srt"));
    await result.append("half");
    await result.discard();
    expect(await readdir(folder)).toEqual([]);
  });

  it("makes the folders of its path and an empty file for an empty result", async () => {
    const file = path.join(temporaryFolder(), "deep", "er", "a.txt");
    await open(file).commit();
    expect((await stat(file)).size).toBe(0);
  });

  it.each(["there", "missing"])("writes through a link whose target is %s", async (target) => {
    const folder = temporaryFolder();
    const link = path.join(folder, "link.txt");
    if (target === "there") await writeFile(path.join(folder, "target.txt"), "old");
    await symlink("target.txt", link);
    const result = open(link);
    await result.append("new");
    await result.commit();
    expect(await readFile(path.join(folder, "target.txt"), "utf8")).toBe("new");
    expect((await readdir(folder)).sort()).toEqual(["link.txt", "target.txt"]);
  });

  it("keeps what it says it has kept, where the target became a folder", async () => {
    const file = path.join(temporaryFolder(), "a.txt");
    const result = open(file);
    await result.append("paid for");
    await mkdir(path.join(file, "in the way"), { recursive: true });
    const error = await result.commit().catch((thrown) => thrown);
    await result.discard();
    expect(error).toMatchObject({ kind: "output", exitCode: 10 });
    const kept = /the result is in (.*)$/.exec(error.details.hint)?.[1] ?? "";
    expect(await readFile(kept, "utf8")).toBe("paid for");
  });

  it("takes a name as long as a name can be", async () => {
    const folder = temporaryFolder();
    const name = `${"n".repeat(251)}.txt`;
    const result = open(path.join(folder, name));
    await result.append("text");
    await result.commit();
    expect(await readdir(folder)).toEqual([name]);
  });

  it.each([
    ["a folder that a file blocks", "blocked/a.txt", /file is in the way/],
    ["a name that is too long", "n".repeat(300), /too long/],
  ])("says why it can't write %s, and has nothing to discard", async (_, name, reason) => {
    const folder = temporaryFolder();
    await writeFile(path.join(folder, "blocked"), "");
    // A long name is found out when it takes its place, the folder with the first text.
    const result = open(path.join(folder, name));
    const error = await result
      .append("text")
      .then(() => result.commit())
      .catch((thrown) => thrown);
    expect(error).toMatchObject({ kind: "output", details: { hint: expect.any(String) } });
    expect(error.details.reason).toMatch(reason);
    await result.discard();
  });

  it("is removed where the process ends before the job", async () => {
    const folder = temporaryFolder();
    const cleanups = new Set<() => void>();
    const onExit = (cleanup: () => void) => {
      cleanups.add(cleanup);
      return () => cleanups.delete(cleanup);
    };
    const done = openWholeFile(path.join(folder, "done.txt"), "x1", { onExit });
    await done.commit();
    const half = openWholeFile(path.join(folder, "half.txt"), "x2", { onExit });
    await half.append("half");
    for (const cleanup of cleanups) cleanup();
    expect(await readdir(folder)).toEqual(["done.txt"]);
    await half.discard();
  });
});
