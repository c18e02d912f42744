import path from "node:path";
import { describe, expect, it } from "vitest";
import { findPackage, packagePlaces } from "../../src/installation/find-package.ts";
import { ownFolder, writeFiles } from "./sample.ts";

describe("where packages are looked for", () => {
  it("is where npm puts them, then the user's data folder", () => {
    const places = packagePlaces({ environment: {}, homeFolder: "/home/me", platform: "linux" });
    expect(places.at(-1)).toEqual({
      path: "/home/me/.local/share/asr/node_modules",
      byNpm: false,
    });
    expect(places.slice(0, -1).every(({ byNpm }) => byNpm)).toBe(true);
    expect(places.length).toBeGreaterThan(1);
  });

  it("is the first place that has it", () => {
    const [first, second] = [ownFolder(), ownFolder()];
    writeFiles(second, { "weights/package.json": "{}" });
    const places = [first, second].map((folder) => ({ path: folder, byNpm: false }));
    expect(findPackage("weights", places)?.path).toBe(path.join(second, "weights"));
    writeFiles(first, { "weights/package.json": "{}" });
    expect(findPackage("weights", places)?.path).toBe(path.join(first, "weights"));
    expect(findPackage("runtime", places)).toBeUndefined();
  });
});
