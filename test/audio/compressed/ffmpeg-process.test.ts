import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { describe, expect, it, vi } from "vitest";
import { ffmpegBlocks } from "../../../src/audio/compressed/ffmpeg/blocks.ts";
import { findMediaTools } from "../../../src/audio/compressed/ffmpeg/find.ts";
import { openRecording } from "../../../src/audio/open.ts";
import { fileSource } from "../../../src/audio/source.ts";
import type { AudioFacts, ByteSource, MediaTools } from "../../../src/audio/types.ts";
import { allSamples, failure, memorySource } from "../sources.ts";
import { compressedBytes, compressedPath } from "./fixtures.ts";
import { folderOfTest } from "./made-by-ffmpeg.ts";

const NAME = "en-librivox-0890.aac";
const FACTS: AudioFacts = {
  container: "aac",
  encoding: "aac",
  sampleRate: 16_000,
  channels: 1,
  durationMs: 5300,
};
const SECOND_BYTES = 16_000 * 4;

/** A program of the test's that stands in for ffmpeg; `body` is JavaScript. */
function fake(body: string, name = "ffmpeg"): MediaTools & { readonly pidFile: string } {
  const folder = folderOfTest();
  const pidFile = path.join(folder, "pid");
  const file = path.join(folder, name);
  const start = `require("node:fs").writeFileSync(${JSON.stringify(pidFile)}, String(process.pid));`;
  writeFileSync(file, `#!${process.execPath}\n${start}\n${body}\n`);
  chmodSync(file, 0o755);
  return { ffmpeg: file, ffprobe: file, environment: {}, pidFile };
}

function isRunning(pidFile: string): boolean {
  try {
    process.kill(Number(readFileSync(pidFile, "utf8")), 0);
    return true;
  } catch {
    return false;
  }
}

async function decoded(tools: MediaTools, source: ByteSource) {
  const warnings: { code: string; message: string }[] = [];
  const blocks = ffmpegBlocks(source, FACTS, tools, undefined, (warning) => warnings.push(warning));
  const [samples = new Float32Array(0)] = await allSamples(blocks);
  return { samples, warnings };
}

const HANGS = "setInterval(() => {}, 1000);";
const WRITES = `process.stdout.write(Buffer.alloc(${2 * SECOND_BYTES}));`;

describe("an ffmpeg that misbehaves", () => {
  it.each([
    ["is killed", `process.kill(process.pid, "SIGKILL")`, "by SIGKILL", "-j 1"],
    ["crashes", `process.kill(process.pid, "SIGSEGV")`, "by SIGSEGV", "run it again"],
    ["is told to stop", "process.exit(255)", "by a signal", "run it again"],
  ])("%s in mid-file: an error, for nobody knows what is missing", async (_, end, why, mend) => {
    const tools = fake(`process.stdout.write(Buffer.alloc(${2 * SECOND_BYTES}), () => ${end});`);
    const source = await fileSource(compressedPath(NAME), "talk.aac");
    const { kind, text } = await failure(decoded(tools, source));
    expect(kind).toBe("audio");
    expect(text).toContain("talk.aac: ffmpeg was ended before it was done");
    expect(text).toContain(why);
    expect(text).toContain(mend);
  });

  it("is killed while it tells the facts: that is said, and not that the file is damaged", async () => {
    const tools = fake(`process.kill(process.pid, "SIGKILL"); ${HANGS}`);
    const source = await fileSource(compressedPath("en-librivox-0890.caf"), "talk.caf");
    const { kind, text } = await failure(openRecording(source, { tools }));
    expect(kind).toBe("audio");
    expect(text).toContain("talk.caf: ffprobe was ended before it was done");
  });

  it("fails at the end: what it gave stays", async () => {
    const tools = fake(`${WRITES} console.error("it broke"); process.exitCode = 1;`);
    const { warnings } = await decoded(tools, await fileSource(compressedPath(NAME)));
    expect(warnings[0]).toMatchObject({
      code: "audio-cut-short",
      message: expect.stringContaining("ffmpeg: it broke"),
    });
  });

  it.each([
    ["fails", `console.error("[aac @ 0x55d0] bad \\x1b[31mbytes"); process.exitCode = 69;`],
    ["succeeds", `console.error("[aac @ 0x55d0] bad \\x1b[31mbytes");`],
  ])("gives nothing and %s: an error with its own words, and no controls", async (_, body) => {
    const source = await fileSource(compressedPath(NAME), "talk.aac");
    const { kind, text } = await failure(decoded(fake(body), source));
    expect(kind).toBe("audio");
    expect(text).toContain("talk.aac: can't be decoded");
    expect(text).toContain("found no sound in it: bad  [31mbytes\n");
  });

  it("complains, and decodes all the same: a warning", async () => {
    const tools = fake(
      `console.error("odd"); process.stdout.write(Buffer.alloc(${5.3 * SECOND_BYTES}));`,
    );
    const { samples, warnings } = await decoded(tools, await fileSource(compressedPath(NAME)));
    expect(samples.length).toBe(84_800);
    expect(warnings.map(({ code }) => code)).toEqual(["audio-damaged"]);
  });

  it("floods its standard error: the samples come through", async () => {
    const tools = fake(
      `for (let i = 0; i < 200; i++) process.stderr.write("x".repeat(65536)); ${WRITES}`,
    );
    const { samples, warnings } = await decoded(tools, await fileSource(compressedPath(NAME)));
    expect(samples.length).toBe(32_000);
    expect(warnings[0]?.message.length).toBeLessThan(500);
  });

  it("writes garbage: samples are numbers", async () => {
    const tools = fake(
      `const bytes = Buffer.alloc(4099, 0xff); bytes.fill(0x7f, 0, 100); process.stdout.write(bytes);`,
    );
    const { samples } = await decoded(tools, await fileSource(compressedPath(NAME)));
    expect(samples.length).toBe(1024);
    expect(samples.every(Number.isFinite)).toBe(true);
  });

  it("never reads its input: a pipe is let go of", async () => {
    const source = memorySource(
      new Uint8Array(Buffer.concat(Array(40).fill(compressedBytes(NAME)))),
      {
        pipe: true,
        cuts: [10_000],
      },
    );
    const { samples } = await decoded(fake(`${WRITES}`), source);
    expect(samples.length).toBe(32_000);
    expect(source.openPasses()).toBe(0);
    expect(source.readBytes()).toBeLessThan(800_000);
  });
});

describe("a process that hangs", () => {
  it.each([
    ["before it gives anything", HANGS],
    ["after some samples", `${WRITES} ${HANGS}`],
    ["and will not be told", `process.on("SIGTERM", () => {}); ${WRITES} ${HANGS}`],
  ])("%s is gone after an abort", async (_, body) => {
    const tools = fake(body);
    const controller = new AbortController();
    const reason = new Error("enough");
    const source = await fileSource(compressedPath(NAME));
    const work = allSamples(ffmpegBlocks(source, FACTS, tools, controller.signal));
    await vi.waitUntil(() => isRunning(tools.pidFile), 10_000);
    controller.abort(reason);
    await expect(work).rejects.toBe(reason);
    expect(isRunning(tools.pidFile)).toBe(false);
  });

  it("is gone when the reader leaves early", async () => {
    const tools = fake(`${WRITES} ${HANGS}`);
    const source = await fileSource(compressedPath(NAME));
    for await (const _ of ffmpegBlocks(source, FACTS, tools)) break;
    expect(isRunning(tools.pidFile)).toBe(false);
  });

  it("does not start after an abort", async () => {
    const tools = fake(HANGS);
    const reason = new Error("enough");
    const source = await fileSource(compressedPath(NAME));
    const work = allSamples(ffmpegBlocks(source, FACTS, tools, AbortSignal.abort(reason)));
    await expect(work).rejects.toBe(reason);
    expect(existsSync(tools.pidFile)).toBe(false);
  });

  it("is gone when its input fails, and the input's own error is told", async () => {
    const tools = fake(`process.stdin.resume(); ${HANGS}`);
    const source: ByteSource = {
      name: "-",
      reopenable: false,
      async *open() {
        yield compressedBytes(NAME);
        await vi.waitUntil(() => isRunning(tools.pidFile), 10_000);
        throw new Error("the pipe broke");
      },
    };
    await expect(allSamples(ffmpegBlocks(source, FACTS, tools))).rejects.toThrow("the pipe broke");
    expect(isRunning(tools.pidFile)).toBe(false);
  });

  it("is gone with an input that says nothing more", async () => {
    const tools = fake(`process.stdin.resume(); ${HANGS}`);
    const controller = new AbortController();
    const source: ByteSource = {
      name: "-",
      reopenable: false,
      async *open(signal) {
        yield compressedBytes(NAME);
        await new Promise((_, reject) => {
          signal?.addEventListener("abort", () => reject(signal.reason));
        });
      },
    };
    const work = allSamples(ffmpegBlocks(source, FACTS, tools, controller.signal));
    await vi.waitUntil(() => isRunning(tools.pidFile), 10_000);
    controller.abort(new Error("enough"));
    await expect(work).rejects.toThrow("enough");
    expect(isRunning(tools.pidFile)).toBe(false);
  });

  it("while facts are read is gone after an abort", async () => {
    const tools = fake(HANGS);
    const controller = new AbortController();
    const source = await fileSource(compressedPath("en-librivox-0890.caf"));
    const work = openRecording(source, { tools, signal: controller.signal });
    await vi.waitUntil(() => isRunning(tools.pidFile), 10_000);
    controller.abort(new Error("enough"));
    await expect(work).rejects.toThrow("enough");
    expect(isRunning(tools.pidFile)).toBe(false);
  });
});

describe("an ffmpeg that does not start", () => {
  it.each([
    ["is gone", () => ({ ffmpeg: path.join(folderOfTest(), "ffmpeg") }), "not there any more"],
    [
      "may not be run",
      () => {
        const { ffmpeg } = fake("");
        chmodSync(ffmpeg, 0o644);
        return { ffmpeg };
      },
      "may not be run",
    ],
  ])("because it %s is wrong usage, with what to do", async (_, toolsOf, why) => {
    const source = await fileSource(compressedPath(NAME));
    const { kind, text } = await failure(allSamples(ffmpegBlocks(source, FACTS, toolsOf())));
    expect(kind).toBe("usage");
    expect(text).toContain(why);
    expect(text).toContain("install ffmpeg again");
  });
});

describe("what ffmpeg is given", () => {
  it("is a named demuxer, one protocol and an absolute file, and no variable more than needed", async () => {
    const tools = fake(
      `require("node:fs").writeFileSync(process.argv[1] + ".json", JSON.stringify([process.argv.slice(2), process.env])); ${WRITES}`,
    );
    const given = async (source: ByteSource): Promise<[string[], Record<string, string>]> => {
      await decoded(tools, source);
      return JSON.parse(readFileSync(`${tools.ffmpeg}.json`, "utf8"));
    };
    const [words, environment] = await given(await fileSource(compressedPath(NAME)));
    const line = words.join(" ");
    expect(line).toContain(
      `-protocol_whitelist file -f aac -i file:${compressedPath(NAME)} -map 0:a:0`,
    );
    expect(words).toContain("-nostdin");
    expect(line).toMatch(/-ac 1 -ar 16000 .*-c:a pcm_f32le -f f32le pipe:1$/);
    expect(Object.keys(environment)).toEqual([]);
    const [piped] = await given(memorySource(compressedBytes(NAME), { pipe: true }));
    expect(piped.join(" ")).toContain("-protocol_whitelist pipe -f aac -i pipe:0");
  });
});

describe("ffprobe's answers that are none", () => {
  it.each([
    ["nothing", ""],
    ["half of one", `process.stdout.write('{"streams": [');`],
    ["another kind", `process.stdout.write('{"streams": 7}');`],
    ["null", `process.stdout.write("null");`],
    [
      "a rate of no number",
      `process.stdout.write('{"streams": [{"codec_type": "audio", "sample_rate": "fast"}]}');`,
    ],
    ["without end", `for (let i = 0; i < 100; i++) process.stdout.write(" ".repeat(65536));`],
  ])("make the file a damaged one: %s", async (_, body) => {
    const source = await fileSource(compressedPath("en-librivox-0890.caf"));
    const { kind, text } = await failure(openRecording(source, { tools: fake(body, "ffprobe") }));
    expect(kind).toBe("audio");
    expect(text).toContain("it begins like a CAF file");
  });
});

describe("without ffmpeg", () => {
  it("a file that only it reads is wrong usage, with how to install it", async () => {
    const raw = { sampleRate: 8000, channels: 1, encoding: "alaw" } as const;
    for (const [name, title, options] of [
      ["en-librivox-0890.avi", "an AVI video", {}],
      ["en-librivox-0890.avi", "an AVI video", { raw }],
      ["en-librivox-0890-adpcm.wav", "a WAV file with IMA ADPCM", {}],
    ] as const) {
      const source = await fileSource(compressedPath(name), "talk");
      const { kind, text } = await failure(openRecording(source, options));
      expect(kind).toBe("usage");
      expect(text).toContain("talk: can't be read without ffmpeg, which is not installed");
      expect(text).toContain(`it is ${title}`);
      expect(text).toContain("apt install ffmpeg");
    }
  });

  it("and with one that came without ffprobe, that is named", async () => {
    const { ffmpeg } = fake("");
    for (const name of ["en-librivox-0890.avi", "en-librivox-0890-adpcm.wav"]) {
      const source = await fileSource(compressedPath(name));
      const { kind, text } = await failure(openRecording(source, { tools: { ffmpeg } }));
      expect(kind).toBe("usage");
      expect(text).toContain("without ffprobe");
    }
  });

  it("Matroska and AMR have their facts", async () => {
    for (const name of ["en-librivox-0890.mkv", "en-librivox-0890-wb.amr"]) {
      const { facts } = await openRecording(await fileSource(compressedPath(name)));
      expect(facts.durationMs).toBeGreaterThan(5280);
    }
  });
});

describe("looking for ffmpeg", () => {
  function folderWith(...names: string[]): string {
    const folder = folderOfTest();
    for (const name of names) {
      writeFileSync(path.join(folder, name), "");
      chmodSync(path.join(folder, name), 0o755);
    }
    return folder;
  }

  it("takes the first in the path, and its ffprobe wherever it is", async () => {
    const [empty, first, second] = [
      folderWith(),
      folderWith("ffmpeg"),
      folderWith("ffmpeg", "ffprobe"),
    ];
    const PATH = [empty, "/nowhere", first, second].join(":");
    expect(await findMediaTools({ PATH, SECRET: "1", FFREPORT: "x" }, "linux")).toEqual({
      ffmpeg: path.join(first, "ffmpeg"),
      ffprobe: path.join(second, "ffprobe"),
      environment: { PATH },
    });
    expect(await findMediaTools({ PATH: first }, "darwin")).not.toHaveProperty("ffprobe");
  });

  it("passes over folders of that name, files that may not be run and broken links", async () => {
    const folder = folderOfTest();
    mkdirSync(path.join(folder, "ffmpeg"));
    const plain = folderWith("ffmpeg");
    chmodSync(path.join(plain, "ffmpeg"), 0o644);
    const linked = folderOfTest();
    symlinkSync("/nowhere/ffmpeg", path.join(linked, "ffmpeg"));
    const PATH = [folder, plain, linked].join(":");
    expect(await findMediaTools({ PATH }, "linux")).toBeUndefined();
  });

  it("never takes one from where the user happens to be", async () => {
    const here = path.relative(process.cwd(), folderWith("ffmpeg"));
    for (const PATH of ["", ".", ":", here, `./${here}`]) {
      expect(await findMediaTools({ PATH }, "linux")).toBeUndefined();
    }
    expect(await findMediaTools({}, "linux")).toBeUndefined();
  });
});
