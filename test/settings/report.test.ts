// biome-ignore-all lint/suspicious/noTemplateCurlyInString: ${env:NAME} is what is tested
import { inspect } from "node:util";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { pathReport, settingsReport } from "../../src/settings/report.ts";
import { Secret } from "../../src/settings/secret.ts";
import { trustFolder } from "../../src/settings/trust.ts";
import { load, temporaryWorld } from "./world.ts";

describe("config show", () => {
  it("has each value in force with its source", async () => {
    const world = await temporaryWorld();
    const file = await world.write("home/project/.asrrc", {
      format: ["srt", "vtt"],
      providers: { bolt: { set: { beam: 5 } } },
    });
    world.environment.ASR_CHANNELS = "all";
    const settings = await load(world, ["-l", "zh"]);
    const lines = settingsReport(settings, false).split("\n");
    expect(lines).toContainEqual(expect.stringMatching(/^language +zh +flag$/));
    expect(lines).toContainEqual(
      expect.stringMatching(/^channels +all +environment ASR_CHANNELS$/),
    );
    expect(lines).toContainEqual(expect.stringMatching(/^output +- +default$/));
    expect(lines.find((line) => line.startsWith("format "))).toMatch(`srt, vtt`);
    expect(lines.find((line) => line.startsWith("providers.bolt.set"))).toContain('{"beam":5}');
    expect(lines.find((line) => line.startsWith("vendors.acme.secretKey"))).toMatch(/- +not set$/);
    expect(lines.some((line) => line.startsWith("vendors.acme.baseUrl"))).toBe(false);
    const report = JSON.parse(settingsReport(settings, true));
    expect(report.settings.language).toEqual({ value: "zh", source: "flag" });
    expect(report.settings.output).toEqual({ value: null, source: "default" });
    expect(report.settings.format).toEqual({ value: ["srt", "vtt"], source: file });
    expect(report.settings["vendors.acme.secretKey"]).toEqual({ set: false, source: "not set" });
    expect(report.files).toEqual([file]);
  });

  it("never has a secret in it, wherever that came from", async () => {
    const secret = fc.stringMatching(/^[A-Za-z0-9+/=!"'{}:#-]{8,40}$/);
    const world = await temporaryWorld();
    await fc.assert(
      fc.asyncProperty(fc.array(secret, { minLength: 5, maxLength: 5 }), async (secrets) => {
        const marked = secrets.map((text, index) => `Zq${index}${text}`);
        const [inUser, inProject, inVariable, byReference, inOutput] = marked;
        await world.write("home/.config/asr/config.json", {
          vendors: { acme: { secretKey: inUser, token: "${env:REFERENCE}" } },
          output: "/srv/${env:OUTPUT}.txt",
        });
        await world.write("home/project/.asrrc.json", { vendors: { acme: { appId: inProject } } });
        Object.assign(world.environment, {
          BOLT_API_KEY: inVariable,
          REFERENCE: byReference,
          OUTPUT: inOutput,
        });
        const settings = await load(world);
        expect(settings.vendors.acme?.credentials.token?.secret.reveal()).toBe(byReference);
        const { warnings, notes } = settings;
        const said = [
          settingsReport(settings, false),
          settingsReport(settings, true),
          JSON.stringify([settings.vendors, warnings, notes]),
          inspect(settings.vendors, { depth: 9, showHidden: true }),
        ].join("\n");
        for (const text of marked) expect(said).not.toContain(text);
        expect(said).not.toMatch(/Zq\d/);
        expect(said).toContain("/srv/${env:OUTPUT}.txt");
      }),
      { numRuns: 30 },
    );
  });

  it("does not let a file's text reach the terminal's controls", async () => {
    const world = await temporaryWorld();
    await world.write("home/project/.asrrc.json", {
      hotword: ["\u001b]0;title\u0007", "\u009b31m", "\u202egnp.exe", "a\nprovider  bolt  flag"],
    });
    const settings = await load(world);
    for (const json of [true, false]) {
      const report = settingsReport(settings, json);
      expect(report).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
      expect(report).not.toMatch(/^provider {2}bolt/m);
    }
    expect(JSON.parse(settingsReport(settings, true)).settings.hotword.value).toEqual(
      settings.values.hotword,
    );
  });
});

describe("a secret", () => {
  it("shows itself to nobody but who asks", () => {
    const secret = new Secret("AKIDsecret");
    expect(`${secret} ${JSON.stringify({ secret })} ${inspect({ secret })}`).not.toContain("AKID");
    expect(Object.values(secret)).toEqual([]);
    expect(secret.reveal()).toBe("AKIDsecret");
  });
});

describe("config path", () => {
  it("names the files that are read, the strongest first, and where they are looked for", async () => {
    const world = await temporaryWorld();
    const project = await world.write("home/project/.asrrc", "nonsense: 1");
    const user = await world.write("home/.config/asr/config.yaml", "words: true");
    const choice = { noConfig: false };
    const text = await pathReport(choice, world, false);
    expect(text).toMatch(`  project  ${project}  (not trusted)\n  user  ${user}\n`);
    await trustFolder(undefined, world);
    const report = JSON.parse(await pathReport(choice, world, true));
    expect(report.read).toEqual([
      { role: "project", path: project, trusted: true },
      { role: "user", path: user, trusted: true },
    ]);
    expect(report.searched.map(({ folder }: { folder: string }) => folder)).toEqual([
      world.workingFolder,
      `${world.homeFolder}/.config/asr`,
    ]);
    expect(await pathReport({ noConfig: true }, world, false)).toContain("first:\n  none\n");
    const given = JSON.parse(await pathReport({ noConfig: false, config: project }, world, true));
    expect(given.read[0]).toEqual({ role: "given", path: project, trusted: true });
  });

  it("names files that are skipped", async () => {
    const world = await temporaryWorld();
    const file = await world.write("home/project/.asrrc", "words: true");
    const other = { ...world, userId: (world.userId ?? 0) + 1 };
    expect(await pathReport({ noConfig: false }, other, false)).toContain(`skipped  ${file}`);
  });
});

describe("a file with credentials", () => {
  const settings = { vendors: { bolt: { apiKey: "AKIDsecret" } } };

  it("is warned of where others can read it", async () => {
    const world = await temporaryWorld();
    const file = await world.write("home/.config/asr/config.json", settings, 0o640);
    expect((await load(world)).warnings).toEqual([
      { code: "config-readable", message: expect.stringContaining(`${file} holds credentials`) },
    ]);
    expect((await load({ ...world, platform: "win32" })).warnings).toEqual([]);
  });

  it.each([
    ["only its owner can read it", settings, 0o600],
    ["they stand in variables", { vendors: { bolt: { apiKey: "${env:KEY}" } } }, 0o644],
    ["there are none", { vendors: { bolt: { concurrency: 2 } } }, 0o644],
  ])("is fine where %s", async (_, content, mode) => {
    const world = await temporaryWorld();
    world.environment.KEY = "x";
    await world.write("home/.config/asr/config.json", content, mode);
    expect((await load(world)).warnings).toEqual([]);
  });
});
