import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import { listInputs } from "../../../src/jobs/inputs/inputs.ts";
import type { ListFile } from "../../../src/jobs/inputs/list-entries.ts";
import { listRecords, type RecordEnd } from "../../../src/jobs/inputs/list-records.ts";
import { share } from "../../share.ts";
import { temporaryFolder } from "../place.ts";

let folder: string;
beforeEach(async () => {
  folder = temporaryFolder();
  await mkdir(path.join(folder, "calls"));
  for (const name of ["a.wav", "b.wav", "-", "x*.wav", "calls/c.wav"]) {
    await writeFile(path.join(folder, name), "");
  }
});

async function* inPieces(bytes: Uint8Array, size: number) {
  for (let from = 0; from < bytes.length; from += size) yield bytes.subarray(from, from + size);
}

function listOf(content: string | Uint8Array, end: RecordEnd = "newline"): ListFile {
  return {
    name: "list",
    end,
    open: () => inPieces(Buffer.from(content), 5),
    readEntry: (text) => JSON.parse(text),
  };
}

const read = (content: string | Uint8Array, end?: RecordEnd, operands: string[] = []) =>
  listInputs(operands, { workingFolder: folder }, listOf(content, end));
const names = async (...words: Parameters<typeof read>) =>
  (await read(...words)).inputs.map((input) => input.name);

describe("the records of a list", () => {
  it("are the same however the bytes come", async () => {
    const ends: readonly RecordEnd[] = ["newline", "nul"];
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.string({ unit: "binary" }).map((text) => text.replace(/[\n\0]/g, ""))),
        fc.constantFrom(...ends),
        fc.integer({ min: 1, max: 9 }),
        async (texts, end, size) => {
          const separator = end === "nul" ? "\0" : "\n";
          const bytes = Buffer.from(texts.map((text) => text + separator).join(""));
          const got: string[] = [];
          for await (const { text } of listRecords(inPieces(bytes, size), end, "list")) {
            got.push(text);
          }
          expect(got).toEqual(texts.map((text) => Buffer.from(text).toString()));
        },
      ),
      { numRuns: share(50, 2000) },
    );
  });

  it("are refused where they are none: a recording was piped", async () => {
    await expect(read(Buffer.alloc(2 ** 21, 0x20))).rejects.toMatchObject({
      kind: "usage",
      message: "list:1 is too long for a path",
    });
  });
});

describe("a list of paths", () => {
  it("has one a line, with BOM and CRLF or without, and empty lines", async () => {
    expect(await names("\uFEFFa.wav\r\n\r\n\n  \nb.wav\r\n")).toEqual(["a.wav", "b.wav"]);
    expect(await names("b.wav\na.wav")).toEqual(["b.wav", "a.wav"]);
  });

  it("holds nothing but paths: no glob, no stdin, no option", async () => {
    const { inputs } = await read("x*.wav\n-\n--raw\n");
    expect(inputs.map(({ name, path: file }) => [name, file])).toEqual([
      ["x*.wav", path.join(folder, "x*.wav")],
      ["./-", path.join(folder, "-")],
      ["--raw", path.join(folder, "--raw")],
    ]);
    expect(inputs.map(({ error }) => error?.message)).toEqual([
      undefined,
      undefined,
      "--raw: no such file",
    ]);
  });

  it("comes after the operands, each path once", async () => {
    expect(await names("b.wav\na.wav\n", "newline", ["a.wav"])).toEqual(["a.wav", "b.wav"]);
  });

  it("counts as several, even with one line", async () => {
    expect(await read("a.wav")).toMatchObject({ several: true });
  });

  it("may name folders, whose files keep their paths below them", async () => {
    const { inputs } = await read("calls\n");
    expect(inputs).toMatchObject([{ name: "calls/c.wav", relativePath: "c.wav" }]);
  });

  it("fails for what is missing alone, and for a name that is not UTF-8", async () => {
    const bytes = Buffer.concat([
      Buffer.from("none.wav\n"),
      Buffer.from([0xff, 0x0a]),
      Buffer.from("a.wav"),
    ]);
    const { inputs } = await read(bytes);
    expect(inputs).toMatchObject([
      { name: "none.wav", error: { kind: "audio" } },
      { error: { kind: "audio", details: { reason: "its name in list:2 is not UTF-8" } } },
      { name: "a.wav" },
    ]);
  });

  it("may end each path with NUL: then a line end is a part of it", async () => {
    await writeFile(path.join(folder, "two\nlines.wav"), "");
    expect(await names("two\nlines.wav\0{b.wav\0\0a.wav", "nul")).toEqual([
      "two\nlines.wav",
      "{b.wav",
      "a.wav",
    ]);
  });

  it("says what is missing where there are NULs unasked", async () => {
    await expect(read("a.wav\0b.wav\0")).rejects.toMatchObject({
      kind: "usage",
      message: "list:1 holds a NUL",
      details: { hint: expect.stringContaining("--null") },
    });
  });
});

describe("a list in JSON Lines", () => {
  const lines = (...entries: readonly unknown[]) =>
    entries.map((one) => JSON.stringify(one)).join("\n");

  it("is one where its first character is {, and says where each input comes from", async () => {
    const { inputs } = await read(
      `\uFEFF\n  ${lines({ input: "a.wav", language: "zh", tags: ["t"] }, { input: "b.wav" })}`,
    );
    expect(inputs).toMatchObject([
      { name: "a.wav", own: { place: "list:2", language: "zh", tags: ["t"] } },
      { name: "b.wav", own: { place: "list:3" } },
    ]);
  });

  it("may have an input twice with other settings; the same again is one", async () => {
    const twice = lines(
      { input: "a.wav", provider: "x", output: "x" },
      { input: "./a.wav", provider: "y", output: "y" },
      { input: "a.wav", provider: "x", output: "x" },
    );
    const { inputs } = await read(twice);
    expect(inputs.map(({ own }) => own?.output)).toEqual(["x", "y"]);
  });

  it.each(["../x", "/x", "a/../../x", "a/"])(
    "refuses the output %j, with its line",
    async (output) => {
      await expect(
        read(lines({ input: "a.wav" }, { input: "b.wav", output })),
      ).rejects.toMatchObject({
        kind: "usage",
        message: expect.stringContaining("list:2: the output"),
      });
    },
  );

  it("refuses an input that no file can be called", async () => {
    await expect(read(lines({ input: "a.wav" }, { input: "a\0.wav" }))).rejects.toMatchObject({
      kind: "usage",
      message: "list:2: the input holds a NUL",
      details: { hint: expect.any(String) },
    });
  });

  it("refuses one output for a folder", async () => {
    await expect(read(lines({ input: "calls", output: "x" }))).rejects.toMatchObject({
      kind: "usage",
      message: expect.stringContaining("list:1: calls is a folder"),
    });
  });
});
