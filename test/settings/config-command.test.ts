import { chmod, readFile, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { Command } from "commander";
import { describe, expect, it } from "vitest";
import { register } from "../../src/commands/config.ts";
import type { World } from "../../src/commands/world.ts";
import { AsrError } from "../../src/errors.ts";
import { createConsole } from "../../src/terminal/console.ts";
import { type TemporaryWorld, temporaryWorld } from "./world.ts";

/** Runs `asr config …`; what it wrote, and its exit code. */
async function run(place: TemporaryWorld, ...words: readonly string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const output = (texts: string[]): World["stdout"] => ({
    isTerminal: false,
    columns: 0,
    write: async (text) => void texts.push(text),
  });
  const console = createConsole((text) => void err.push(text));
  const world: World = {
    startProgress: async () => undefined,
    ending: () => new AbortController().signal,
    onSuspend: () => () => {},
    ...place,
    stdin: { isTerminal: true, bytes: () => process.stdin },
    stdout: output(out),
    stderr: output(err),
    console,
    temporaryFolder: place.root,
    signal: new AbortController().signal,
    now: () => 0,
    randomBytes: (count) => new Uint8Array(count),
    onExit: () => () => {},
  };
  const program = new Command("asr").exitOverride();
  register(program, world);
  let code = 0;
  try {
    await program.parseAsync(["config", ...words], { from: "user" });
  } catch (error) {
    if (!(error instanceof AsrError)) throw error;
    console.error(error);
    code = error.exitCode;
  }
  return { out: out.join(""), err: err.join(""), code };
}

describe("asr config", () => {
  it("show: writes the report to stdout, warnings to stderr", async () => {
    const world = await temporaryWorld();
    await world.write("home/project/.asrrc", "language: zh\n");
    const text = await run(world, "show");
    expect(text).toMatchObject({ code: 0, err: "" });
    expect(text.out).toMatch(/^language +zh +\//m);
    const { out } = await run(world, "show", "--json", "--no-config");
    expect(JSON.parse(out).settings.language).toEqual({ value: "auto", source: "default" });
  });

  it("show: says what is wrong with a file", async () => {
    const world = await temporaryWorld();
    await world.write("home/project/.asrrc", "languge: zh\n");
    const { out, err, code } = await run(world, "show");
    expect({ out, code }).toEqual({ out: "", code: 2 });
    expect(err).toContain('did you mean "language"?');
  });

  it("path: works where the settings themselves do not", async () => {
    const world = await temporaryWorld();
    const file = await world.write("home/project/.asrrc", "languge: zh\n");
    expect(await run(world, "path")).toMatchObject({ code: 0, out: expect.stringContaining(file) });
  });

  it("init: writes a private file of comments, and replaces none without --force", async () => {
    const world = await temporaryWorld();
    const file = path.join(world.homeFolder, ".config/asr/config.yaml");
    const first = await run(world, "init");
    expect(first).toEqual({ code: 0, out: "", err: `asr: wrote ${file}\n` });
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect((await stat(path.dirname(file))).mode & 0o777).toBe(0o700);
    expect(await run(world, "show")).toMatchObject({ code: 0, err: "" });
    await writeFile(file, "words: true\n");
    await chmod(file, 0o644);
    const second = await run(world, "init");
    expect(second).toMatchObject({ code: 2, err: expect.stringContaining("--force") });
    expect(await readFile(file, "utf8")).toBe("words: true\n");
    expect((await run(world, "init", "--force")).code).toBe(0);
    expect(await readFile(file, "utf8")).toContain("#words: false");
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  it("init: does not write what another file would hide", async () => {
    const world = await temporaryWorld();
    const file = await world.write("home/.config/asr/config.json", "{}");
    const { code, err } = await run(world, "init", "--force");
    expect(code).toBe(2);
    expect(err).toContain(`${file} is there`);
  });

  it("init --project: writes .asrrc into the working folder", async () => {
    const world = await temporaryWorld();
    expect((await run(world, "init", "--project", "-q")).err).toBe("");
    expect((await stat(path.join(world.workingFolder, ".asrrc"))).mode & 0o777).toBe(0o600);
  });

  it("init: ends with 10 where it can't write", async () => {
    const world = await temporaryWorld();
    await world.write("home/.config", "a file in the way");
    expect((await run(world, "init")).code).toBe(10);
  });

  it("trust: lets the project's file set an address", async () => {
    const world = await temporaryWorld();
    await world.write("home/project/.asrrc", "model: ./weights\n");
    expect((await run(world, "show")).code).toBe(2);
    const { err, code } = await run(world, "trust");
    expect({ err, code }).toEqual({ err: `asr: trusted ${world.workingFolder}\n`, code: 0 });
    expect((await run(world, "show")).out).toContain(path.join(world.workingFolder, "weights"));
    expect((await run(world, "trust", "nowhere")).code).toBe(2);
  });
});
