// biome-ignore-all lint/suspicious/noTemplateCurlyInString: ${env:NAME} is what is tested
import { mkdir, readFile, stat, symlink } from "node:fs/promises";
import path from "node:path";
import { afterEach, describe, expect, it, vi } from "vitest";
import { trustFolder } from "../../src/settings/trust.ts";
import { complaint, load, temporaryWorld } from "./world.ts";

/** A script that leaves a mark when it is run. */
const SCRIPT = "globalThis.wasRun = true; module.exports = { language: 'ja' };";

afterEach(() => {
  const wasRun = Reflect.has(globalThis, "wasRun");
  Reflect.deleteProperty(globalThis, "wasRun");
  expect(wasRun).toBe(false);
});

describe("a hostile folder", () => {
  it.each([
    ".asrrc.js",
    ".asrrc.cjs",
    ".asrrc.mjs",
    ".asrrc.ts",
    "asr.config.js",
    "asr.config.mjs",
    "asr.config.cjs",
    "asr.config.ts",
    ".config/config.js",
    ".config/asrrc.js",
  ])("can't have %s run, or read", async (name) => {
    const world = await temporaryWorld();
    await world.write(`home/project/${name}`, SCRIPT);
    vi.spyOn(process, "cwd").mockReturnValue(world.workingFolder);
    expect((await load(world)).files).toEqual([]);
    const file = await world.write("home/project/asr.config.yaml", "language: zh");
    expect((await load(world)).files).toEqual([file]);
  });

  it.each([
    [
      "package.json",
      "a path for settings",
      '{"asr": "./evil.js"}',
      "package.json holds no settings",
    ],
    ["package.json", "$import", '{"asr": {"$import": "./evil.cjs"}}', "unknown key $import"],
    [".asrrc", "$import", "$import: ./evil.cjs", "unknown key $import"],
    [".asrrc", "$import of a list", "$import: [./evil.cjs, /etc/passwd]", "unknown key $import"],
    [
      "package.json",
      "cosmiconfig's own key",
      '{"cosmiconfig": {"searchPlaces": ["evil.cjs"]}}',
      "0",
    ],
    [".asrrc", "a function", "language: !!js/function 'function () {}'", "is not YAML"],
    [".asrrc", "undefined", "language: !!js/undefined ''", "is not YAML"],
    [".asrrc", "a prototype", "__proto__: {language: ja}", 'unknown key "__proto__"'],
    [".asrrc", "a profile's prototype", "profiles: {__proto__: {}}", 'unknown key "__proto__"'],
    [".asrrc", "a map's prototype", "providers: {local: {set: {__proto__: {a: b}}}}", "__proto__"],
    [".asrrc", "a constructor", "constructor: {prototype: {}}", 'unknown key "constructor"'],
    [".asrrc.json", "a prototype", '{"__proto__": {"language": "ja"}}', 'unknown key "__proto__"'],
    [".asrrc", "a deep nest", "[".repeat(5000), "is not YAML"],
    [".asrrc.json", "a deep nest", `{"a": ${"[".repeat(5000)}${"]".repeat(5000)}}`, "too deeply"],
    [".asrrc", "a large file", `# ${"x".repeat(2 ** 20)}`, "too large"],
  ])("can't use %s with %s", async (name, _, text, told) => {
    const world = await temporaryWorld();
    await world.write("home/project/evil.cjs", SCRIPT);
    await world.write("home/project/evil.js", SCRIPT);
    await world.write(`home/project/${name}`, text);
    vi.spyOn(process, "cwd").mockReturnValue(world.workingFolder);
    expect(await complaint(load(world))).toContain(told);
    expect(Reflect.get({}, "language")).toBeUndefined();
  });

  it("can't blow up a few aliases into billions of nodes", async () => {
    const world = await temporaryWorld();
    const lines = Array.from({ length: 30 }, (_, level) =>
      level === 0 ? "a0: &a0 [x, x]" : `a${level}: &a${level} [*a${level - 1}, *a${level - 1}]`,
    );
    await world.write("home/project/.asrrc", lines.join("\n"));
    expect(await complaint(load(world))).toContain("is not YAML");
  });

  it("can't hold the program with a device in the place of a file", async () => {
    const world = await temporaryWorld();
    await symlink("/dev/zero", path.join(world.workingFolder, ".asrrc"));
    expect((await load(world)).files).toEqual([]);
  });
});

/** Each with the key that the error must name. */
const REFUSED: readonly (readonly [string, object, string])[] = [
  [
    "an address",
    { vendors: { acme: { baseUrl: "https://evil.example" } } },
    "vendors.acme.baseUrl",
  ],
  [
    "a provider's address",
    { providers: { bolt: { baseUrl: "https://evil.example" } } },
    "providers.bolt.baseUrl",
  ],
  [
    "a signed host",
    { vendors: { acme: { signedHost: "evil.example" } } },
    "vendors.acme.signedHost",
  ],
  ["a model's folder", { model: "./weights" }, "model"],
  ["a model's folder from the home", { model: "~/weights" }, "model"],
  [
    "a provider's model folder",
    { providers: { local: { model: "../x" } } },
    "providers.local.model",
  ],
  [
    "an address in a profile",
    { profiles: { p: { vendors: { acme: { baseUrl: "https://evil.example" } } } } },
    "profiles.p.vendors.acme.baseUrl",
  ],
  ["a variable as hotword", { hotword: ["${env:ACME_SECRET_KEY}"] }, "hotword"],
  [
    "a variable as credential",
    { vendors: { bolt: { apiKey: "${env:ACME_SECRET_KEY}" } } },
    "vendors.bolt.apiKey",
  ],
  ["a variable as language", { language: "${env:ACME_SECRET_KEY}" }, "language"],
  [
    "a variable as parameter",
    { providers: { bolt: { set: { a: "${env:ACME_SECRET_KEY}" } } } },
    "providers.bolt.set",
  ],
  ["a variable in a path", { output: "out-${env:ACME_SECRET_KEY}.txt" }, "output"],
  ["an output outside", { output: "../../.bashrc" }, "output"],
  ["an absolute output", { output: "/etc/cron.d/x" }, "output"],
  ["an output through a link", { output: "link/x.txt" }, "output"],
  ["hotwords from a private file", { hotwords: "~/.ssh/id_ed25519" }, "hotwords"],
  ["hotwords through a link", { hotwords: "link/id_ed25519" }, "hotwords"],
];

describe("an untrusted project's file", () => {
  it.each(REFUSED)("may not set %s", async (_, settings, key) => {
    const world = await temporaryWorld();
    world.environment.ACME_SECRET_KEY = "AKIDsecret";
    await mkdir(path.join(world.root, "elsewhere"));
    await symlink(path.join(world.root, "elsewhere"), path.join(world.workingFolder, "link"));
    const file = await world.write("home/project/.asrrc", settings);
    const heard = await complaint(load(world));
    expect(heard).toContain(`2: ${key} in ${file} is refused`);
    expect(heard).toContain("asr config trust");
    expect(heard).not.toContain("AKIDsecret");
    await trustFolder(undefined, world);
    expect(await complaint(load(world))).not.toContain("is refused");
  });

  it("may set the same when it is given by --config, and the user's file always", async () => {
    for (const [, settings] of REFUSED) {
      const world = await temporaryWorld();
      world.environment.ACME_SECRET_KEY = "AKIDsecret";
      const file = await world.write("home/project/.asrrc.json", settings);
      expect(await complaint(load(world, ["--config", file]))).not.toContain("refused");
      const quiet = await temporaryWorld();
      quiet.environment.ACME_SECRET_KEY = "AKIDsecret";
      await quiet.write("home/.config/asr/config.json", settings);
      expect(await complaint(load(quiet))).not.toContain("refused");
    }
  });

  it("may set what stays in the project", async () => {
    const world = await temporaryWorld();
    await world.write("home/project/.asrrc", {
      output: "out/deep/x.srt",
      hotwords: "words.txt",
      model: "base",
      provider: "bolt",
      vendors: { bolt: { apiKey: "team" } },
    });
    const { values, vendors } = await load(world);
    expect(values.output).toBe(path.join(world.workingFolder, "out/deep/x.srt"));
    expect(vendors.bolt?.credentials.apiKey?.secret.reveal()).toBe("team");
  });
});

describe("trust", () => {
  it("is kept by real path in a private file, and holds for that folder alone", async () => {
    const world = await temporaryWorld();
    const settings = { vendors: { acme: { baseUrl: "https://mine.example" } } };
    await world.write("home/project/.asrrc", settings);
    await world.write("home/project/sub/.asrrc", settings);
    await symlink(world.workingFolder, path.join(world.root, "link"));
    const sub = { ...world, workingFolder: path.join(world.workingFolder, "sub") };
    expect(await trustFolder(path.join(world.root, "link"), sub)).toBe(world.workingFolder);
    expect((await load(world)).vendors.acme?.baseUrl).toBe("https://mine.example");
    expect(await complaint(load(sub))).toContain("is refused");
    const store = path.join(world.homeFolder, ".config/asr/trusted.json");
    expect(JSON.parse(await readFile(store, "utf8"))).toEqual([world.workingFolder]);
    expect((await stat(store)).mode & 0o777).toBe(0o600);
  });

  it("goes by itself to the folder of the file that is in force", async () => {
    const world = await temporaryWorld();
    await world.write("home/project/.asrrc", "model: ./weights");
    await world.write("home/project/sub/x", "");
    const sub = { ...world, workingFolder: path.join(world.workingFolder, "sub") };
    expect(await trustFolder(undefined, sub)).toBe(world.workingFolder);
    expect((await load(sub)).values.model).toBe(path.join(world.workingFolder, "weights"));
  });

  it("can't go to what is no folder", async () => {
    const world = await temporaryWorld();
    await world.write("home/project/.asrrc", "words: true");
    expect(await complaint(trustFolder("nowhere", world))).toContain("2: there is no folder");
    expect(await complaint(trustFolder(".asrrc", world))).toContain("2: there is no folder");
  });

  it("is not guessed from a store that can't be read", async () => {
    const world = await temporaryWorld();
    await world.write("home/project/.asrrc", "model: ./weights");
    await world.write("home/.config/asr/trusted.json", '{"folders": true}');
    expect(await complaint(load(world))).toMatch(/^2: .*trusted\.json can't be read/);
  });
});

describe("${env:NAME}", () => {
  it("is filled in, in text, lists, maps and numbers", async () => {
    const world = await temporaryWorld();
    Object.assign(world.environment, { WHERE: "out", FORMATS: "srt,vtt", HZ: "8000", ON: "yes" });
    await world.write("home/.config/asr/config.json", {
      output: "/srv/${env:WHERE}/${env:HZ}/",
      format: "${env:FORMATS}",
      hotword: ["a", "${env:WHERE}:3"],
      rate: "${env:HZ}",
      words: "${env:ON}",
      providers: { local: { set: { beam: "${env:HZ}" } } },
      profiles: { unused: { language: "${env:NOT_SET}" } },
    });
    const { values, providers } = await load(world);
    expect(values).toMatchObject({
      output: "/srv/out/8000/",
      format: ["srt", "vtt"],
      hotword: ["a", "out:3"],
      rate: 8000,
      words: true,
    });
    expect(providers.local?.set).toEqual({ beam: "8000" });
    expect(await complaint(load(world, ["--profile", "unused"]))).toContain("NOT_SET");
  });

  it("names key, file and variable where that is not set or empty, and no value", async () => {
    const world = await temporaryWorld();
    const file = await world.write("home/.config/asr/config.json", {
      vendors: { acme: { secretKey: "AKIDsecret${env:EMPTY}" } },
    });
    world.environment.EMPTY = "";
    const heard = await complaint(load(world));
    expect(heard).toContain(`2: vendors.acme.secretKey in ${file} reads the variable EMPTY`);
    expect(heard).not.toContain("AKIDsecret");
  });

  it("is not read again in what a variable holds, and that is never shown in an error", async () => {
    const world = await temporaryWorld();
    Object.assign(world.environment, { A: "${env:B}", B: "secret", LANGUAGE_TAG: "not a tag" });
    await world.write("home/.config/asr/config.json", { output: "/${env:A}" });
    expect((await load(world)).values.output).toBe("/${env:B}");
    await world.write("home/.config/asr/config.json", { language: "${env:LANGUAGE_TAG}" });
    const heard = await complaint(load(world));
    expect(heard).toContain("language in");
    expect(heard).not.toContain("not a tag");
  });
});
