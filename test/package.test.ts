import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const ROOT = fileURLToPath(new URL("..", import.meta.url));

describe("the npm package", () => {
  it("holds the built program and nothing of the workshop", () => {
    const words = ["pack", "--dry-run", "--json", "--ignore-scripts"];
    const shell = process.platform === "win32";
    const report = JSON.parse(execFileSync("npm", words, { cwd: ROOT, encoding: "utf8", shell }));
    const [{ files }] = Array.isArray(report) ? report : Object.values(report);
    const paths: string[] = files.map(({ path }: { path: string }) => path);
    for (const needed of [
      "bin/asr.js",
      "dist/cli.js",
      "dist/local-worker.js",
      "dist/silero_vad.onnx",
      "dist/silero_vad.NOTICE.md",
      "LICENSE",
      "NOTICE.md",
    ]) {
      expect(paths).toContain(needed);
    }
    expect(paths.filter((path) => /^(src|test|fixtures|scripts|\.ci)\//.test(path))).toEqual([]);
  });
});
