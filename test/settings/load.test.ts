import { describe, expect, it } from "vitest";
import { complaint, load, temporaryWorld } from "./world.ts";

describe("loadSettings", () => {
  it("gives the defaults where nothing is set", async () => {
    const settings = await load(await temporaryWorld());
    expect(settings.values).toMatchObject({
      provider: "local",
      language: "auto",
      channels: "mix",
      format: ["txt"],
      words: false,
      hotword: [],
      logFormat: "text",
    });
    expect(settings.values.output).toBeUndefined();
    expect(new Set(Object.values(settings.sources))).toEqual(new Set(["default"]));
    expect(settings.warnings).toEqual([]);
  });

  it("reads a project's file and the user's, each with its source", async () => {
    const world = await temporaryWorld();
    const project = await world.write("home/project/.asrrc", "language: zh\nformat: [srt, json]\n");
    const user = await world.write("home/.config/asr/config.yaml", "language: en\nwords: true\n");
    const settings = await load(world);
    expect(settings.values).toMatchObject({ language: "zh", format: ["srt", "json"], words: true });
    expect(settings.sources).toMatchObject({ language: project, words: user });
    expect(settings.files).toEqual([project, user]);
  });

  it("takes a list in a file also as text with commas", async () => {
    const world = await temporaryWorld();
    await world.write("home/project/.asrrc", "format: srt,vtt\nhotword: asr\n");
    expect((await load(world)).values).toMatchObject({ format: ["srt", "vtt"], hotword: ["asr"] });
  });

  it("takes a path relative to the file that names it, and keeps its closing slash", async () => {
    const world = await temporaryWorld();
    await world.write("home/project/.asrrc", "output: out/\nhotwords: words.txt\n");
    await world.write("home/.config/asr/config.yaml", "model: ~/models/base\n");
    await world.write("home/project/deep/er/x", "");
    const settings = await load({ ...world, workingFolder: `${world.workingFolder}/deep/er` });
    expect(settings.values.output).toBe(`${world.workingFolder}/out/`);
    expect(settings.values.hotwords).toBe(`${world.workingFolder}/words.txt`);
    expect(settings.values.model).toBe(`${world.homeFolder}/models/base`);
  });

  it("leaves paths of flags and variables as they were given", async () => {
    const world = await temporaryWorld();
    world.environment.ASR_HOTWORDS = "words.txt";
    const { values } = await load(world, ["-o", "out/"]);
    expect(values).toMatchObject({ output: "out/", hotwords: "words.txt" });
  });

  it("prefers a provider's section to the options of the same file, not to stronger ones", async () => {
    const world = await temporaryWorld();
    await world.write("home/project/.asrrc", {
      provider: "bolt",
      model: "general",
      providers: { bolt: { model: "special", language: "en" } },
    });
    await world.write("home/.config/asr/config.json", { language: "zh" });
    const settings = await load(world);
    expect(settings.values).toMatchObject({ model: "special", language: "en" });
    expect((await load(world, ["-p", "local"])).values).toMatchObject({
      model: "general",
      language: "zh",
    });
    expect((await load(world, ["-m", "mine"])).values.model).toBe("mine");
    expect((await load(world, ["-m", "mine"])).providers.bolt?.model).toBe("mine");
  });

  it("merges maps over all files", async () => {
    const world = await temporaryWorld();
    await world.write("home/project/.asrrc", { providers: { bolt: { set: { a: 1, b: 2 } } } });
    await world.write("home/.config/asr/config.json", {
      providers: { bolt: { set: { b: 3, c: "x" }, currency: "CNY" } },
    });
    const { providers } = await load(world);
    expect(providers.bolt).toMatchObject({ set: { a: 1, b: 2, c: "x" }, currency: "CNY" });
  });

  it("gives a provider its own address before its vendor's", async () => {
    const world = await temporaryWorld();
    await world.write("home/.config/asr/config.json", {
      vendors: { acme: { baseUrl: "https://acme.example/prefix" } },
      providers: { "acme-live": { baseUrl: "http://127.0.0.1:8080" } },
    });
    const before = await load(world);
    expect(before.providers["acme-live"]?.baseUrl).toBe("http://127.0.0.1:8080");
    expect(before.providers["acme-file"]?.baseUrl).toBe("https://acme.example/prefix");
    world.environment.ASR_ACME_BASE_URL = "https://other.example";
    world.environment.ASR_ACME_LIVE_BASE_URL = "http://localhost:1";
    const { providers } = await load(world);
    expect(providers["acme-file"]?.baseUrl).toBe("https://other.example");
    expect(providers["acme-live"]?.baseUrl).toBe("http://localhost:1");
  });

  it.each([
    "http://acme.example",
    "https://u:p@acme.example",
    "https://a.example/?k=1",
    "ftp://acme",
  ])("refuses the address %s, and repeats it not", async (address) => {
    const world = await temporaryWorld();
    await world.write("home/.config/asr/config.json", { vendors: { acme: { baseUrl: address } } });
    const heard = await complaint(load(world));
    expect(heard).toMatch(/^2: vendors\.acme\.baseUrl in .*https address/);
    expect(heard).not.toContain(address);
  });

  it("lets a stronger source win over an option that it excludes", async () => {
    const world = await temporaryWorld();
    await world.write("home/project/.asrrc", "verbose: true\n");
    expect((await load(world)).values).toMatchObject({ verbose: true, quiet: false });
    expect((await load(world, ["-q"])).values).toMatchObject({ verbose: false, quiet: true });
    world.environment.ASR_NO_CONFIG = "1";
    expect((await load(world)).values.verbose).toBe(false);
    const given = await world.write("home/given.yaml", "words: true");
    expect((await load(world, ["--config", given])).values).toMatchObject({
      words: true,
      noConfig: false,
    });
  });

  it.each([
    [["-q", "-v"], "--quiet and --verbose"],
    [["--config", "x", "--no-config"], "--config and --no-config"],
    [["--words", "--no-words"], "--words and --no-words"],
  ])("refuses %j: they contradict each other", async (words, named) => {
    const attempt = (async () => load(await temporaryWorld(), words))();
    expect(await complaint(attempt)).toMatch(`2: ${named} contradict each other`);
  });

  it("lets --config replace the project's file and keep the user's", async () => {
    const world = await temporaryWorld();
    await world.write("home/project/.asrrc", "language: zh\n");
    await world.write("home/.config/asr/config.yaml", "words: true\n");
    const given = await world.write("home/project/other.yaml", "channels: all\n");
    const { values, files } = await load(world, ["--config", "other.yaml"]);
    expect(values).toMatchObject({ language: "auto", words: true, channels: "all" });
    expect(files[0]).toBe(given);
    expect((await load(world, ["--no-config"])).files).toEqual([]);
    const missing = await complaint(load(world, ["--config", "no.yaml"]));
    expect(missing).toMatch(/^2: can't read settings from .*no\.yaml \| there is no such file/);
  });

  it("takes settings of a profile, the project's before the user's", async () => {
    const world = await temporaryWorld();
    const project = await world.write("home/project/.asrrc", {
      words: false,
      profiles: { meeting: { channels: "all" } },
    });
    await world.write("home/.config/asr/config.json", {
      profiles: { meeting: { words: true, channels: "first" }, solo: {} },
    });
    const settings = await load(world, ["--profile", "meeting"]);
    expect(settings.values).toMatchObject({ words: true, channels: "all" });
    expect(settings.sources.channels).toBe(`profile meeting in ${project}`);
    expect((await load(world)).values).toMatchObject({ words: false, channels: "mix" });
    world.environment.ASR_PROFILE = "meting";
    expect(await complaint(load(world))).toMatch(
      /^2: unknown profile "meting" .* did you mean "meeting"\?$/,
    );
  });

  it.each([
    ["languge: zh", 'unknown key languge in FILE |  | did you mean "language"?'],
    [
      "providers: {bolt: {modle: x}}",
      'unknown key providers.bolt.modle in FILE |  | did you mean "model"?',
    ],
    [
      "providers: {acme: {}}",
      "unknown key providers.acme in FILE |  | use one of local, acme-file, acme-live, bolt",
    ],
    [
      "profiles: {a: {wrds: true}}",
      'unknown key profiles.a.wrds in FILE |  | did you mean "words"?',
    ],
    ["profile: a", "unknown key profile in FILE"],
    ["config: a", "unknown key config in FILE"],
    [
      "providers: {local: {baseUrl: 'https://x.example'}}",
      "unknown key providers.local.baseUrl in FILE",
    ],
    [
      "provider: acme-fil",
      'provider in FILE can\'t be "acme-fil" | it must be one of local, acme-file, acme-live, bolt | did you mean "acme-file"?',
    ],
    [
      "format: [txt, str]",
      'format in FILE can\'t be ["txt","str"] | it must be a list, each item one of txt, srt, vtt, json, jsonl, tsv, lrc, ass, html | did you mean "srt"?',
    ],
    ["rate: 16k", 'rate in FILE can\'t be "16k" | it must be an integer from 1 to 768000'],
    ["rate: '16000'", 'rate in FILE can\'t be "16000"'],
    ["words: yes", 'words in FILE can\'t be "yes" | it must be true or false'],
    ["words:", "words in FILE has no value"],
    [
      "vendors: {acme: {appId: 0123}}",
      'vendors.acme.appId in FILE is a number, not text | it must be text | quote it: "…"',
    ],
    ["vendors: {acme: 3}", "vendors.acme in FILE holds no settings"],
    ["profiles: [a]", "profiles in FILE holds no settings"],
    ["- a", "FILE holds no settings"],
  ])("refuses %s", async (text, told) => {
    const world = await temporaryWorld();
    const file = await world.write("home/project/.asrrc", text);
    const heard = await complaint(load(world));
    expect(heard.replaceAll(file, "FILE")).toContain(`2: ${told}`);
    expect(heard).not.toContain("83");
  });

  it.each([
    ["ASR_WORDS", "maybe", 'ASR_WORDS can\'t be "maybe" | it must be true or false'],
    ["ASR_FORMAT", "txt,strt", 'did you mean "srt"?'],
    ["ASR_RATE", "0", "ASR_RATE can't be 0 | it must be an integer from 1 to 768000"],
    ["ASR_LANGUAGE", "zh_CN", "BCP 47"],
  ])("refuses %s=%s", async (variable, text, told) => {
    const world = await temporaryWorld();
    world.environment[variable] = text;
    expect(await complaint(load(world))).toContain(told);
  });

  it.each([
    [["--rate", "fast"], '--rate can\'t be "fast"'],
    [["-f", ","], "--format can't be [] | it must be a list"],
    [["--channels", "al"], 'did you mean "all"?'],
    [["-o", ""], '--output can\'t be ""'],
  ])("refuses %j", async (words, told) => {
    expect(await complaint(load(await temporaryWorld(), words))).toContain(told);
  });

  it("reads variables: booleans in several spellings, lists with commas, empty as not set", async () => {
    const world = await temporaryWorld();
    Object.assign(world.environment, {
      ASR_WORDS: "yes",
      ASR_SPEAKERS: "TRUE",
      ASR_STRICT: "0",
      ASR_FORMAT: "srt, vtt,srt",
      ASR_LANGUAGE: "",
      ASR_CHANNEL_COUNT: "2",
    });
    const { values, sources } = await load(world);
    expect(values).toMatchObject({
      words: true,
      speakers: true,
      strict: false,
      format: ["srt", "vtt"],
      language: "auto",
      channelCount: 2,
    });
    expect(sources.words).toBe("environment ASR_WORDS");
  });

  it("mentions a variable that it does not know only in the notes", async () => {
    const world = await temporaryWorld();
    world.environment.ASR_LANGAUGE = "zh";
    const { notes, warnings } = await load(world);
    expect(notes).toEqual(["the variable ASR_LANGAUGE is not known; did you mean ASR_LANGUAGE?"]);
    expect(warnings).toEqual([]);
  });

  it("reads no file for a command that must work whatever they say", async () => {
    const world = await temporaryWorld();
    await world.write("home/project/.asrrc", "nonsense: 1");
    expect((await load(world, [], "config trust")).files).toEqual([]);
  });
});
