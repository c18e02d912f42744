import { checkPackage, createPackageFromTarballData } from "@arethetypeswrong/core";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { beforeAll, describe, expect, it } from "vitest";
import manifest from "../../package.json" with { type: "json" };
import { outsideFolder, type Packed, pack } from "./packed.ts";

const MEGABYTE = 1_000_000;

/** What stands in a package beside the built program. */
const BESIDE_DIST = [
  ".asrrc.example",
  "CHANGELOG.md",
  "LICENSE",
  "NOTICE.md",
  "README.md",
  "README.zh-CN.md",
  "bin/asr.js",
  "man/asr.1",
  "package.json",
];

/** Every path that a field of package.json names. */
function namedFiles(value: unknown): string[] {
  if (typeof value === "string") return [value.replace(/^\.\//, "")];
  return typeof value === "object" && value !== null
    ? Object.values(value).flatMap(namedFiles)
    : [];
}

describe("the npm package", () => {
  let packed: Packed;
  const folder = outsideFolder();
  beforeAll(async () => {
    packed = await pack(folder);
  });

  it("holds the built program, its notices and nothing of the workshop", () => {
    const beside = packed.files.filter((file) => !file.startsWith("dist/"));
    expect(beside.toSorted()).toEqual(BESIDE_DIST);
    const built = packed.files.filter((file) => file.startsWith("dist/"));
    expect(built).toEqual(
      expect.arrayContaining([
        "dist/cli.js",
        "dist/local-worker.js",
        "dist/silero_vad.onnx",
        "dist/silero_vad.NOTICE.md",
      ]),
    );
    expect(built.filter((file) => !/(\.js|\.d\.ts|\.onnx|\.NOTICE\.md)$/.test(file))).toEqual([]);
  });

  it("holds every file that its package.json names", () => {
    const { bin, man, sideEffects, exports } = manifest;
    const named = namedFiles([bin, man, sideEffects, exports]);
    expect(packed.files).toEqual(expect.arrayContaining(named));
  });

  it("is small", () => {
    expect(packed.sizeBytes).toBeLessThan(3 * MEGABYTE);
    expect(packed.unpackedSizeBytes).toBeLessThan(5 * MEGABYTE);
  });

  it("is published for all, with a proof of where it was built", () => {
    expect(manifest).toMatchObject({
      private: false,
      publishConfig: { access: "public", provenance: true },
    });
  });

  it("passes publint without an error, a warning or a suggestion", async () => {
    const { messages, pkg } = await publint({ pack: { tarball: packed.bytes.buffer } });
    expect(messages.map((message) => formatMessage(message, pkg))).toEqual([]);
  });

  it("has right types behind every import, where it has types", async () => {
    const result = await checkPackage(createPackageFromTarballData(packed.bytes));
    const problems = result.types === false ? [] : result.problems;
    // It is ESM alone: require and the resolution of Node 10 are not offered.
    const offered = problems.filter(
      (problem) =>
        problem.kind !== "CJSResolvesToESM" &&
        !("resolutionKind" in problem && problem.resolutionKind === "node10"),
    );
    expect(offered).toEqual([]);
    expect(result.types !== false).toBe(packed.files.some((file) => file.endsWith(".d.ts")));
  });
});
