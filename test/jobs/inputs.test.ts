import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { listInputs } from "../../src/jobs/inputs.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "asr-inputs-"));
  await mkdir(path.join(folder, "calls", "mon"), { recursive: true });
  await mkdir(path.join(folder, "calls", "out"));
  for (const file of [
    "calls/b.wav",
    "calls/mon/a.wav",
    "calls/.hidden",
    "calls/out/a.srt",
    "x[1].wav",
  ]) {
    await writeFile(path.join(folder, file), "");
  }
  await symlink(path.join(folder, "calls"), path.join(folder, "calls", "loop"));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

const names = async (operands: string[], output?: string) =>
  (await listInputs(operands, folder, output)).inputs.map((input) => input.name);

describe("listInputs", () => {
  it("reads a folder recursively, without hidden files, loops and the output folder", async () => {
    expect(await names(["calls"], path.join(folder, "calls", "out"))).toEqual([
      "calls/b.wav",
      "calls/mon/a.wav",
    ]);
  });

  it("keeps the path below the folder", async () => {
    const { inputs, several } = await listInputs(["calls/"], folder);
    expect(inputs.map((input) => input.relativePath)).toContain("mon/a.wav");
    expect(several).toBe(true);
  });

  it("takes an existing path before its reading as a glob", async () => {
    expect(await listInputs(["x[1].wav"], folder)).toMatchObject({
      several: false,
      inputs: [{ name: "x[1].wav", explicit: true }],
    });
  });

  it("expands a glob", async () => {
    expect(await names(["calls/**/*.wav"])).toEqual(["calls/b.wav", "calls/mon/a.wav"]);
  });

  it("counts a glob with one match as several", async () => {
    expect(await listInputs(["calls/b*"], folder)).toMatchObject({ several: true });
  });

  it.each([
    ["a missing file", ["none.wav"], "audio"],
    ["a glob without a match", ["*.flac"], "usage"],
    ["stdin named twice", ["-", "-"], "usage"],
  ])("refuses %s", async (_, operands, kind) => {
    await expect(listInputs(operands, folder)).rejects.toMatchObject({ kind });
  });
});
