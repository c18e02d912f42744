import { execFileSync } from "node:child_process";
import { chmod, mkdir, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { listInputs } from "../../../src/jobs/inputs/inputs.ts";
import { itWith } from "../../tools.ts";
import { asOrdinaryUser, temporaryFolder } from "../place.ts";

let folder: string;
beforeEach(async () => {
  folder = temporaryFolder();
  await files({ "calls/b.wav": "", "calls/mon/a.wav": "", "calls/.hidden": "", "x[1].wav": "" });
  await files({ "calls/out/a.srt": "" });
  await symlink(path.join(folder, "calls"), path.join(folder, "calls", "loop"));
});

async function files(contents: Readonly<Record<string, string | Uint8Array>>): Promise<void> {
  for (const [name, content] of Object.entries(contents)) {
    await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
    await writeFile(path.join(folder, name), content);
  }
}

const list = (operands: string[], output?: string) =>
  listInputs(operands, { workingFolder: folder, outputFolder: output });
const names = async (operands: string[], output?: string) =>
  (await list(operands, output)).inputs.map((input) => input.name);
const relativePaths = async (operands: string[]) =>
  (await list(operands)).inputs.map((input) => input.relativePath);

describe("a folder", () => {
  it("is read recursively, without hidden files, loops and the output folder", async () => {
    expect(await names(["calls"], path.join(folder, "calls", "out"))).toEqual([
      "calls/b.wav",
      "calls/mon/a.wav",
    ]);
  });

  it("gives inputs that keep their path below it", async () => {
    expect(await relativePaths(["calls/"])).toContain("mon/a.wav");
    expect(await list(["calls/"])).toMatchObject({ several: true });
  });

  it("skips what is no audio by content, and says why, once", async () => {
    await files({ "calls/b.md": "# About the calls\n", "calls/noise": Buffer.alloc(99, 0x81) });
    const { inputs, skipped } = await list(["calls"]);
    expect(inputs.map((input) => input.name)).toEqual(["calls/b.wav", "calls/mon/a.wav"]);
    const told = skipped.map(({ input, error }) => `${input.name}: ${error.message}`);
    expect(told).toEqual([
      "calls/b.md: it is plain text",
      "calls/noise: it has no header of a kind known here",
      "calls/out/a.srt: it has 0 bytes",
    ]);
  });

  it.each([
    ["RIFF\0\0\0\0WAVE", true],
    ["ID3\x04", true],
    ["OggS", true],
    ["fLaC", true],
    ["\0\0\0\x20ftypM4A ", true],
    ["\0\0\0\x20ftypisom", true],
    ["#!AMR\n", true],
    ["\x02#!SILK_V3", true],
    ["%PDF-1.4", false],
    ["\x89PNG\r\n\x1a\n", false],
  ])("keeps %j under any name: %s", async (head, isAudio) => {
    await files({ "calls/recording": Buffer.from(`${head}${"\0".repeat(64)}`, "latin1") });
    expect((await names(["calls"])).includes("calls/recording")).toBe(isAudio);
  });

  it("keeps what its name promises to be audio: that is a failure, and not passed over", async () => {
    await files({ "calls/page.wav": "<!DOCTYPE html><html></html>", "calls/page.mp3": "<html>" });
    expect(await names(["calls"])).toEqual(
      expect.arrayContaining(["calls/page.mp3", "calls/page.wav"]),
    );
  });

  it("without any audio is nothing to do", async () => {
    await expect(list(["calls/out"])).rejects.toMatchObject({
      kind: "usage",
      details: { reason: expect.stringContaining("calls/out/a.srt") },
    });
  });

  it("may hold links that lead nowhere or in a circle", async () => {
    await symlink("nowhere.wav", path.join(folder, "calls", "dangling.wav"));
    await symlink("circle.wav", path.join(folder, "calls", "circle.wav"));
    expect(await names(["calls"])).toEqual(["calls/b.wav", "calls/mon/a.wav"]);
  });

  it("may hold one that can't be read: that one fails with its reason, beside the others", async () => {
    await files({ "calls/locked/c.wav": "" });
    await chmod(path.join(folder, "calls", "locked"), 0);
    const words = `${JSON.stringify(["calls"])}, ${JSON.stringify({ workingFolder: folder })}`;
    expect(asOrdinaryUser("jobs/inputs/inputs.ts", `listInputs(${words})`)).toMatchObject({
      inputs: [
        { name: "calls/b.wav" },
        {
          name: "calls/locked",
          error: { kind: "audio", details: { reason: "you may not read it" } },
        },
        { name: "calls/mon/a.wav" },
      ],
    });
  });
});

describe("a glob", () => {
  it("is expanded, in a stable order", async () => {
    expect(await names(["calls/**/*.wav"])).toEqual(["calls/b.wav", "calls/mon/a.wav"]);
  });

  it("gives each file once, also where a folder of it matches", async () => {
    await files({ "calls/notes.txt": "notes of the calls" });
    expect(await names(["calls/**"])).toEqual(["calls/b.wav", "calls/mon/a.wav"]);
    expect(await names(["calls/*", "calls"])).toEqual([
      "calls/b.wav",
      "calls/mon/a.wav",
      "calls/notes.txt",
    ]);
  });

  it.each([
    ["calls/**/*.wav", ["b.wav", "mon/a.wav"]],
    ["*/*/a.wav", ["calls/mon/a.wav"]],
    ["./calls/m*", ["mon/a.wav"]],
    ["{calls/mon,calls}/?.wav", ["calls/b.wav", "calls/mon/a.wav"]],
  ])("%s keeps the path below its fixed part", async (pattern, expected) => {
    expect(await relativePaths([pattern])).toEqual(expected);
  });

  it("never leads out of the output folder", async () => {
    const found = await listInputs(["{..,none}/calls/b.wav"], {
      workingFolder: path.join(folder, "calls"),
    });
    expect(found.inputs.map((input) => input.relativePath)).toEqual(["b.wav"]);
  });

  it("never takes the output folder, unless it starts there", async () => {
    await files({ "out/old.wav": "" });
    expect(await names(["**/*.wav"], path.join(folder, "out"))).not.toContain("out/old.wav");
    expect(await names(["out/*.wav"], path.join(folder, "out"))).toEqual(["out/old.wav"]);
  });

  it("counts as several with one match", async () => {
    expect(await list(["calls/b*"])).toMatchObject({ several: true });
  });

  it("gives way to an existing path of that name", async () => {
    expect(await list(["x[1].wav"])).toMatchObject({
      several: false,
      inputs: [{ name: "x[1].wav", explicit: true }],
    });
  });
});

describe("several operands", () => {
  it("name a file once, however often it is mentioned", async () => {
    const { inputs, several } = await list(["calls/mon", "calls/mon/a.wav", "./calls/mon/a.wav"]);
    expect(inputs).toMatchObject([{ name: "calls/mon/a.wav", explicit: true }]);
    expect(several).toBe(true);
  });

  it.each([
    ["is missing", "none.wav", "none.wav: no such file"],
    ["is a link in a circle", "circle.wav", "circle.wav: no such file"],
    ["has too long a name", `${"n".repeat(300)}.wav`, "can't be read"],
    ["goes on behind a file", "calls/b.wav/y.wav", "no such file"],
  ])("go on where one %s, which fails in its turn", async (_, operand, message) => {
    await symlink("circle.wav", path.join(folder, "circle.wav"));
    const { inputs } = await list([operand, "calls/b.wav"]);
    expect(inputs).toMatchObject([
      { name: operand, error: { kind: "audio", message: expect.stringContaining(message) } },
      { name: "calls/b.wav" },
    ]);
    expect(inputs[1]).not.toHaveProperty("error");
  });
});

describe("listInputs", () => {
  it.each([
    ["a missing file", ["none.wav"], "audio"],
    ["a glob without a match", ["*.flac"], "usage"],
    ["stdin named twice", ["-", "-"], "usage"],
    ["an empty operand", [""], "usage"],
    ["an empty operand among others", ["calls", ""], "usage"],
  ])("refuses %s", async (_, operands, kind) => {
    await expect(list(operands)).rejects.toMatchObject({ kind });
  });

  it("stops when it is told to", async () => {
    const signal = AbortSignal.abort(new Error("interrupted"));
    await expect(listInputs(["calls"], { workingFolder: folder, signal })).rejects.toThrow(
      "interrupted",
    );
  });

  itWith("mkfifo", "does not wait for a pipe in a folder", async () => {
    execFileSync("mkfifo", [path.join(folder, "calls", "pipe")]);
    expect(await names(["calls/**"])).toEqual(["calls/b.wav", "calls/mon/a.wav"]);
  });
});
