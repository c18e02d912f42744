import { open, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { openGrowingFile } from "../../../src/jobs/outputs/growing-file.ts";
import { temporaryFolder } from "../place.ts";

describe("openGrowingFile", () => {
  it("shows what was written before the job has ended, and keeps it after a failure", async () => {
    const file = path.join(temporaryFolder(), "a.jsonl");
    const result = openGrowingFile(file);
    await result.append("1\n");
    expect(await readFile(file, "utf8")).toBe("1\n");
    await result.discard();
    expect(await readFile(file, "utf8")).toBe("1\n");
  });

  it("is on the disk before it is said to be done", async () => {
    const file = path.join(temporaryFolder(), "a.jsonl");
    const result = openGrowingFile(file);
    await result.append("1\n");
    const handle = await open(file);
    onTestFinished(() => handle.close());
    const full = Object.assign(new Error("full"), { code: "ENOSPC" });
    const datasync = vi.spyOn(Object.getPrototypeOf(handle), "datasync").mockRejectedValue(full);
    onTestFinished(() => datasync.mockRestore());
    await expect(result.commit()).rejects.toMatchObject({
      details: { reason: "the disk is full" },
    });
    expect(datasync).toHaveBeenCalledOnce();
  });

  it("fails with exit code 10 where it can't be opened, at the end of an empty result too", async () => {
    const folder = temporaryFolder();
    await writeFile(path.join(folder, "blocked"), "");
    for (const act of ["append", "commit"] as const) {
      const result = openGrowingFile(path.join(folder, "blocked", "a.jsonl"));
      await expect(result[act]("text")).rejects.toMatchObject({ exitCode: 10 });
      await result.discard();
    }
  });
});
