import { chmod, mkdir, rm, symlink } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { userFolder } from "../../src/settings/folders.ts";
import { complaint, load, temporaryWorld } from "./world.ts";

describe("the project's file", () => {
  it.each([
    [".asrrc", "language: zh"],
    [".asrrc", '{\n\t"language": "zh"\n}'],
    [".asrrc.json", '{"language": "zh"}'],
    [".asrrc.yaml", "language: zh"],
    [".asrrc.yml", "language: zh"],
    ["asr.config.json", '{"language": "zh"}'],
    ["asr.config.yaml", "language: zh"],
    ["package.json", '{"dependencies": {"constructor": "1"}, "asr": {"language": "zh"}}'],
  ])("is %s: %s", async (name, text) => {
    const world = await temporaryWorld();
    const file = await world.write(`home/project/${name}`, text);
    const { values, files } = await load(world);
    expect(values.language).toBe("zh");
    expect(files).toEqual([file]);
  });

  it("is the nearest one upwards; a package.json without settings does not count", async () => {
    const world = await temporaryWorld();
    const file = await world.write("home/project/.asrrc", "language: zh");
    await world.write("home/project/sub/package.json", '{"name": "x"}');
    await world.write("home/project/sub/deep/package.json", "");
    const deep = { ...world, workingFolder: path.join(world.workingFolder, "sub/deep") };
    expect((await load(deep)).files).toEqual([file]);
    const nearer = await world.write("home/project/sub/.asrrc.json", "{}");
    expect((await load(deep)).files).toEqual([nearer]);
  });

  it("is not looked for above the git root", async () => {
    const world = await temporaryWorld();
    const above = await world.write("home/.asrrc", "language: zh");
    expect((await load(world)).files).toEqual([]);
    await rm(path.join(world.workingFolder, ".git"), { recursive: true });
    expect((await load(world)).files).toEqual([above]);
    await world.write("home/project/.git", "gitdir: elsewhere");
    expect((await load(world)).files).toEqual([]);
  });

  it("is not looked for above the home folder, also where that is reached by a link", async () => {
    const world = await temporaryWorld();
    await rm(path.join(world.workingFolder, ".git"), { recursive: true });
    await world.write(".asrrc", "language: zh");
    expect((await load(world)).files).toEqual([]);
    await symlink(world.homeFolder, path.join(world.root, "link"));
    const linked = { ...world, homeFolder: path.join(world.root, "link") };
    expect((await load(linked)).files).toEqual([]);
  });

  it("is skipped with a warning where it belongs to another user", async () => {
    const world = await temporaryWorld();
    const file = await world.write("home/project/.asrrc", "vendors: {acme: {baseUrl: x}}");
    const other = { ...world, userId: (world.userId ?? 0) + 1 };
    const { files, warnings } = await load(other);
    expect(files).toEqual([]);
    expect(warnings).toEqual([
      { code: "config-foreign", message: expect.stringContaining(`${file} is not read`) },
    ]);
    expect(await load(other, ["--config", ".asrrc.x"]).catch(() => "read")).toBe("read");
  });

  it("is no folder, and an empty one says nothing", async () => {
    const world = await temporaryWorld();
    await mkdir(path.join(world.workingFolder, ".asrrc"));
    const file = await world.write("home/project/.asrrc.yaml", "# nothing yet\n");
    expect((await load(world)).files).toEqual([file]);
    await world.write("home/project/.asrrc.yaml", "");
    expect((await load(world)).values.language).toBe("auto");
  });

  it("is an error where it can't be read, not a silent change of settings", async () => {
    const world = await temporaryWorld();
    const file = await world.write("home/project/.asrrc", "language: zh");
    await chmod(file, 0o000);
    // The superuser can read everything.
    if (world.userId === 0) expect((await load(world)).files).toEqual([file]);
    else expect(await complaint(load(world))).toContain(`2: can't read settings from ${file}`);
  });

  it.each([
    [".asrrc.json", '{\n  "language": zh\n}', ":2:15 is not JSON"],
    [".asrrc.json", '{"language": "zh"', ":1:18 is not JSON"],
    [".asrrc.json", '{"a": 1,}', ":1:9 is not JSON"],
    [".asrrc", "language: zh\nwords: [true\n", ":2:1"],
    [".asrrc", "words: true\nwords: false\n", ":2:1 is not YAML | duplicated mapping key"],
    [".asrrc", "a: 1\n---\nb: 2\n", " holds several documents"],
    ["package.json", "{", ":1:2 is not JSON"],
  ])("names the line where %s is %j", async (name, text, told) => {
    const world = await temporaryWorld();
    const file = await world.write(`home/project/${name}`, text);
    const heard = await complaint(load(world));
    expect(heard).toContain(`2: ${file}`);
    if (told !== ":2:1") expect(heard).toContain(`${file}${told}`);
  });

  it("may begin with a byte order mark and have Windows' line ends", async () => {
    const world = await temporaryWorld();
    await world.write("home/project/.asrrc", "\uFEFFlanguage: zh\r\nwords: true\r\n");
    await world.write("home/.config/asr/config.json", '\uFEFF{"channels": "all"}\r\n');
    expect((await load(world)).values).toMatchObject({
      language: "zh",
      words: true,
      channels: "all",
    });
  });

  it("never has a piece of itself in an error", async () => {
    const world = await temporaryWorld();
    for (const text of [
      'secretKey: "AKIDsecret',
      "secretKey: !AKIDsecret x",
      "secretKey: *AKIDsecret",
      'secretKey: AKIDsecret: "x',
      "vendors: {acme: {secretKey: [AKIDsecret]}}",
      "vendors: {acme: {secretKey: {AKIDsecret: 1}}}",
    ]) {
      await world.write("home/project/.asrrc", text);
      const heard = await complaint(load(world));
      expect(heard).toMatch(/^2: /);
      expect(heard).not.toContain("AKIDsecret");
    }
    for (const text of ['{"secretKey": AKIDsecret}', '{"secretKey": "AKIDsecret" x}']) {
      await rm(path.join(world.workingFolder, ".asrrc"), { force: true });
      await world.write("home/project/.asrrc.json", text);
      expect(await complaint(load(world))).not.toContain("AKIDsecret");
    }
  });
});

describe("the file named by --config", () => {
  it.each([
    ["asr.txt", "language: zh", "write settings as .json, .yaml or .yml"],
    ["asr.js", "module.exports = {}", "write settings as .json, .yaml or .yml"],
    [".", "", "check the path"],
  ])("is not %s", async (name, text, told) => {
    const world = await temporaryWorld();
    if (name !== ".") await world.write(`home/project/${name}`, text);
    expect(await complaint(load(world, ["--config", name]))).toContain(told);
  });

  it("may be anybody's, and a package.json", async () => {
    const world = await temporaryWorld();
    await world.write("home/project/package.json", '{"asr": {"language": "zh"}}');
    const other = { ...world, userId: (world.userId ?? 0) + 1 };
    expect((await load(other, ["--config", "package.json"])).values.language).toBe("zh");
  });
});

describe("the user's folder", () => {
  const base = { workingFolder: "/w", homeFolder: "/home/u", userId: 1 } as const;

  it.each([
    ["linux", {}, "/home/u/.config/asr"],
    ["darwin", {}, "/home/u/.config/asr"],
    ["linux", { XDG_CONFIG_HOME: "/xdg" }, "/xdg/asr"],
    ["linux", { XDG_CONFIG_HOME: "relative" }, "/home/u/.config/asr"],
    ["linux", { APPDATA: "/roaming" }, "/home/u/.config/asr"],
    ["win32", { APPDATA: "/roaming", XDG_CONFIG_HOME: "/xdg" }, "/roaming/asr"],
    ["win32", {}, "/home/u/AppData/Roaming/asr"],
  ] as const)("on %s with %j is %s", (platform, environment, folder) => {
    expect(userFolder({ ...base, platform, environment })).toBe(path.normalize(folder));
  });
});
