import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
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
