/** The package installed into an empty folder, outside of every checkout, and run from there. */
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { readFile, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { text } from "node:stream/consumers";
import { promisify } from "node:util";
import { beforeAll, describe, expect, it } from "vitest";
import manifest from "../../package.json" with { type: "json" };
import { AUDIO, ROOT, type Run } from "../cli/run.ts";
import { openVendor } from "../cli/vendor-accounts.ts";
import { spoken } from "../cli/words.ts";
import { npm, outsideFolder, pack } from "./packed.ts";

const run = promisify(execFile);
const JFK = path.join(AUDIO, "en-jfk.wav");
const folder = outsideFolder();
const INSTALLED = path.join(folder, "node_modules", manifest.name);

/** Runs a program in the folder, with a home of its own. */
async function start(
  program: string,
  words: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Run> {
  const child = spawn(program, words, {
    cwd: folder,
    env: { PATH: process.env.PATH ?? "", HOME: folder, ...env },
    stdio: ["ignore", "pipe", "pipe"],
    shell: process.platform === "win32",
  });
  const [stdout, stderr, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, "close"),
  ]);
  return { code, stdout, stderr };
}

const asr = (words: readonly string[], env?: Readonly<Record<string, string>>) =>
  start(path.join(folder, "node_modules", ".bin", "asr"), words, env);

describe("the package, installed without its optional parts", () => {
  beforeAll(async () => {
    const { archive } = await pack(folder);
    await writeFile(path.join(folder, "package.json"), '{ "private": true, "type": "module" }\n');
    const quiet = ["--omit=optional", "--no-audit", "--no-fund", "--prefer-offline"];
    await npm(["install", ...quiet, archive], folder);
  }, 300_000);

  it("runs by npx", async () => {
    const { code, stdout } = await start("npx", ["--no-install", "asr", "--version"]);
    expect([code, stdout]).toEqual([0, `${manifest.version}\n`]);
  });

  it("shows its help, and what each command needs is there", async () => {
    const { code, stdout, stderr } = await asr(["--help"]);
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toContain("transcribe");
    for (const words of [["schema", "config"], ["completion", "zsh"], ["providers"]]) {
      expect(await asr(words)).toMatchObject({ code: 0, stderr: "" });
    }
  });

  it("transcribes with a vendor, and reads what it wrote", async () => {
    const { env } = await openVendor("tencent-flash");
    const words = ["transcribe", JFK, "-p", "tencent-flash", "-f", "json", "-o", "talk.json"];
    expect(await asr(words, env)).toMatchObject({ code: 0, stdout: "" });
    const { code, stdout } = await asr(["format", "talk.json", "-f", "srt"]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^1\n00:00:/);
  });

  it("decodes what needs no ffmpeg", async () => {
    const { env } = await openVendor("feishu-file");
    const mp3 = path.join(ROOT, "fixtures", "cases", "by-name", "librivox.mp3");
    const { code, stdout } = await asr(["transcribe", mp3, "-p", "feishu-file"], env);
    expect(code).toBe(0);
    expect(stdout.trim()).not.toBe("");
  });

  it("says how to get the local recogniser, and has it once its parts are there", async () => {
    const without = await asr(["transcribe", JFK]);
    expect([without.code, without.stdout]).toEqual([2, ""]);
    const runtime = "onnxruntime-node";
    expect(without.stderr).toContain(
      `npm install ${runtime}@${manifest.optionalDependencies[runtime]}`,
    );
    for (const name of Object.keys(manifest.optionalDependencies)) {
      await symlink(path.join(ROOT, "node_modules", name), path.join(folder, "node_modules", name));
    }
    const { code, stdout } = await asr(["transcribe", JFK]);
    expect(code).toBe(0);
    expect(spoken(stdout)).toContain("ask not what your country can do for you");
  });

  it("can be imported by each of its names", async () => {
    const names = Object.keys(manifest.exports).filter((name) => name.startsWith("."));
    for (const name of names.filter((known) => !known.endsWith(".json"))) {
      const specifier = path.posix.join(manifest.name, name);
      const code = `console.log(Object.keys(await import("${specifier}")).length > 0)`;
      const words = ["--input-type=module", "-e", code];
      const { stdout } = await run(process.execPath, words, { cwd: folder });
      expect(`${specifier}: ${stdout}`).toBe(`${specifier}: true\n`);
    }
  });

  it("refuses an older Node in one line", async () => {
    // The launcher as it is, told of another version before it starts.
    const versions = '{ value: { ...process.versions, node: "20.20.2" } }';
    const older = `data:text/javascript,Object.defineProperty(process, "versions", ${versions})`;
    const launcher = path.join(INSTALLED, "bin", "asr.js");
    const words = ["--import", older, launcher, "--version"];
    const { code, stdout, stderr } = await start(process.execPath, words);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(/^asr: needs Node\.js 22\.19 or later, this is 20\.20\.2: [^\n]+\n$/);
  });

  it("brings the page of man", async () => {
    expect(await readFile(path.join(INSTALLED, manifest.man), "utf8")).toContain(".TH ASR 1");
  });
});
