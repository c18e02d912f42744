import { mkdir, readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { createSink } from "../../../src/jobs/outputs/results.ts";
import { openWholeFile } from "../../../src/jobs/outputs/whole-file.ts";
import { sinkContext, temporaryFolder } from "../place.ts";

describe("createSink", () => {
  it("writes the formats that it can, and names where each of the others is kept", async () => {
    const folder = temporaryFolder();
    const sink = createSink(
      ["txt", "srt", "json"].map((format) => ({
        writer: { write: () => format },
        target: openWholeFile(path.join(folder, `a.${format}`), format, sinkContext()),
      })),
    );
    await sink.write({ type: "progress", audioMs: 0 });
    for (const name of ["a.txt", "a.srt"])
      await mkdir(path.join(folder, name, "x"), { recursive: true });
    const error = await sink.commit().catch((thrown) => thrown);
    await sink.discard();
    expect(await readFile(path.join(folder, "a.json"), "utf8")).toBe("json");
    expect(error).toMatchObject({ kind: "output", message: expect.stringContaining("a.txt") });
    const kept = (await readdir(folder)).filter((name) => name.endsWith(".part"));
    expect(kept).toHaveLength(2);
    for (const name of kept) expect(error.details.hint).toContain(path.join(folder, name));
  });
});
