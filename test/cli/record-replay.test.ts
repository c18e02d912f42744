import { copyFile, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { share } from "../share.ts";
import { hearNumbers } from "../vendors/ears/number-ear.ts";
import { numberedWav } from "../vendors/ears/numbered-audio.ts";
import { gatewayPage, tooManyRequests } from "../vendors/server/common-faults.ts";
import type { Fault } from "../vendors/server/faults.ts";
import { asrInProcess } from "./in-process.ts";
import { AUDIO, asr, temporaryFolder } from "./run.ts";
import { openVendor, VENDOR_IDS, type VendorId } from "./vendor-accounts.ts";

const CLIP = path.join(AUDIO, "en-librivox-0890.wav");
/** 2.8 s. */
const SHORT = path.join(AUDIO, "en-goforward-16k-s16le.raw");
/** 11 s of speech. */
const SPEECH = path.join(AUDIO, "en-jfk.wav");

/** A transcript without the names that each run makes up anew. */
function comparable(text: string): unknown {
  const { request_ids: _, parts, ...transcript } = JSON.parse(text);
  const places = parts?.map(({ start, end }: Record<string, number>) => ({ start, end }));
  return { ...transcript, places };
}

type Options = Parameters<typeof openVendor>[1];

/** Records words at a vendor that is gone afterwards. */
async function record(id: VendorId, words: readonly string[], options?: Options) {
  const { vendor, env } = await openVendor(id, options);
  const cwd = temporaryFolder();
  const run = await asrInProcess([...words, "-p", id, "--record", "tape"], { env, cwd });
  await vendor.close();
  const replay = (more: readonly string[] = [], from = words) =>
    asrInProcess([...from, "-p", id, "--replay", "tape", ...more], { cwd });
  return { run, cwd, replay, tape: path.join(cwd, "tape"), vendor, env };
}

const exchangesOf = async (tape: string): Promise<string[]> =>
  (await readdir(tape)).filter((name) => /^\d/.test(name)).sort();

describe.each(VENDOR_IDS)("a recording of %s", (id) => {
  it("replays to the same transcript when the vendor is gone, without credentials", async () => {
    const { run, replay } = await record(id, ["transcribe", CLIP, "-f", "json"]);
    expect({ code: run.code, stderr: run.stderr }).toEqual({ code: 0, stderr: "" });
    const replayed = await replay();
    expect({ code: replayed.code, stderr: replayed.stderr }).toEqual({ code: 0, stderr: "" });
    expect(comparable(replayed.stdout)).toEqual(comparable(run.stdout));
    expect((await replay()).stdout).toBe(replayed.stdout);
  });

  it("replays a stream to the same finals, at any pace", async () => {
    const { run, replay } = await record(id, ["stream", SPEECH, "-f", "json"]);
    expect({ code: run.code, stderr: run.stderr }).toEqual({ code: 0, stderr: "" });
    for (const pace of ["fast", "real"]) {
      const replayed = await replay(["--pace", pace]);
      expect({ code: replayed.code, stderr: replayed.stderr }).toEqual({ code: 0, stderr: "" });
      expect(comparable(replayed.stdout)).toEqual(comparable(run.stdout));
    }
  });

  it("repeats what failed and was tried again, at once", async () => {
    const isAudio = ({ path: called }: { path: string }) => !called.endsWith("/internal");
    const faults = [{ at: isAudio, fault: tooManyRequests(1), times: 1 }];
    const { run, replay } = await record(id, ["transcribe", SHORT, "-f", "json"], { faults });
    expect(run.code).toBe(0);
    const startedMs = performance.now();
    const { code, stdout, stderr } = await replay(["-v"]);
    expect(code).toBe(0);
    expect(stderr).toContain("HTTP 429");
    expect(performance.now() - startedMs).toBeLessThan(900);
    expect(comparable(stdout)).toEqual(comparable(run.stdout));
  });

  it("is refused where the language is another, and says what differs", async () => {
    const { replay } = await record(id, ["transcribe", SHORT]);
    const isPlain = id.startsWith("feishu") || id.startsWith("lark");
    const more = isPlain ? ["--set-unchecked", "domain=medical"] : ["-l", "en"];
    const { code, stdout, stderr } = await replay(more);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain("the recording has no answer to this request: POST /");
    expect(stderr).toMatch(/: asked \S+, recorded \S+.*\(nearest: 000\d-/);
    expect(stderr).toContain("--record DIR --force instead of --replay\n");
  });

  it("is refused where the audio is another", async () => {
    const { cwd, replay } = await record(id, ["transcribe", "talk.wav", "-l", "en"], {});
    expect(await replay()).toMatchObject({ code: 3 });
    const other = await record(id, ["transcribe", SHORT, "-l", "en"]);
    await copyFile(CLIP, path.join(cwd, "talk.wav"));
    const { code, stderr } = await other.replay([], ["transcribe", CLIP, "-l", "en"]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/asked \d+ bytes sha256 \w{8}…, recorded \d+ bytes sha256 \w{8}…/);
    expect(stderr).toContain("the audio or its preparation changed");
  });
});

describe("a recorded stream", () => {
  it.each(["feishu-stream", "tencent-realtime"] as const)(
    "of %s at the pace of speech, with a session that broke, replays as fast as it is read",
    async (id) => {
      // The voice, or the stream, is lost in the middle, and what was not final is sent again.
      const code = id === "feishu-stream" ? 1610101 : 110;
      const faults = [{ at: 9, fault: { kind: "code", code } as const }];
      const words = ["stream", SPEECH, "-f", "json", "--pace", "real", "--max-seconds", "4"];
      const { run, replay, tape } = await record(id, words, { faults });
      const replayed = await replay(["--pace", "fast"], words.slice(0, -4).concat(words.slice(-2)));
      expect(replayed.code).toBe(run.code);
      // Where the audio was meanwhile depends on how fast it is read.
      const lines = (text: string) => text.split("\n").filter((line) => !/ at \d:/.test(line));
      expect(lines(replayed.stderr)).toEqual(lines(run.stderr));
      const segments = (text: string) => (text === "" ? [] : JSON.parse(text).segments);
      expect(segments(replayed.stdout)).toEqual(segments(run.stdout));
      const { sessions } = JSON.parse(await readFile(path.join(tape, "live.json"), "utf8"));
      expect(sessions.flat().length).toBeGreaterThan(id === "feishu-stream" ? 0 : 1);
    },
  );

  it.each(["feishu-stream", "stepfun"] as const)(
    "of %s has no answer to other audio, which ends the stream",
    async (id) => {
      const { replay, tape } = await record(id, ["stream", SPEECH, "--max-seconds", "4"]);
      const { code, stderr } = await replay([], ["stream", CLIP]);
      expect({ code, stderr }).toMatchObject({
        code: 2,
        stderr: expect.stringContaining("the recording has no answer"),
      });
      await writeFile(path.join(tape, "live.json"), '{"sessions": 1}');
      const damaged = await replay([], ["stream", SPEECH]);
      expect(damaged).toMatchObject({ code: 2, stderr: expect.stringContaining("live.json") });
    },
  );
});

describe("concurrency", () => {
  /** The same length, other words; the first and the last are the same. */
  async function recordings(cwd: string): Promise<string[]> {
    const names = ["a.wav", "b.wav", "c.wav", "d.wav"];
    const wav = numberedWav({ seconds: 4 });
    await Promise.all(
      names.map(async (name, index) => {
        const samples = Buffer.from(wav);
        // Alike for three seconds, so that streams begin alike.
        if (index % 3 !== 0) samples.fill(index, samples.length - 6400);
        await writeFile(path.join(cwd, name), samples);
      }),
    );
    return names;
  }

  it.each(["tencent-flash", "tencent-realtime", "feishu-file", "feishu-stream"] as const)(
    "of a recording of %s and of its replay may differ",
    async (id) => {
      const { vendor, env } = await openVendor(id, { recognise: hearNumbers() });
      const cwd = temporaryFolder();
      const words = ["transcribe", ...(await recordings(cwd)), "-p", id, "-f", "json", "-q"];
      for (const [atRecord, atReplay] of [
        ["8", "1"],
        ["1", "8"],
      ]) {
        const tape = `tape-${atRecord}`;
        const recorded = await asrInProcess(
          [...words, "-o", `out-${atRecord}/`, "-j", `${atRecord}`, "--record", tape],
          { env, cwd },
        );
        expect({ code: recorded.code, stderr: recorded.stderr }).toEqual({ code: 0, stderr: "" });
        const replayed = await asrInProcess(
          [...words, "-o", `again-${atRecord}/`, "-j", `${atReplay}`, "--replay", tape],
          { cwd },
        );
        expect({ code: replayed.code, stderr: replayed.stderr }).toEqual({ code: 0, stderr: "" });
        for (const name of ["a.json", "b.json", "c.json", "d.json"]) {
          const read = (folder: string) => readFile(path.join(cwd, folder, name), "utf8");
          const [one, other] = [await read(`out-${atRecord}`), await read(`again-${atRecord}`)];
          expect(comparable(other)).toEqual(comparable(one));
        }
      }
      await vendor.close();
    },
  );
});

describe("faults are recorded and happen again", () => {
  it.each([
    ["an event stream that ends too early", { kind: "end-events", afterEvents: 2 }],
    ["an answer that breaks off", { kind: "cut-answer", afterBytes: 100 }],
    ["a connection that is cut before the answer", { kind: "cut-before-answer" }],
    ["a page of a gateway", gatewayPage()],
    ["an upload that is cut", { kind: "cut-request", afterBytes: 1000 }],
  ] as const)("%s, with and without a repeat", async (_, fault: Fault) => {
    const words = ["transcribe", SHORT, "-f", "json"];
    const once = await record("stepfun", words, { faults: [{ at: 0, fault }] });
    const again = await once.replay();
    expect(again).toMatchObject({ code: once.run.code, stderr: once.run.stderr });
    expect(JSON.parse(again.stdout).segments).toEqual(JSON.parse(once.run.stdout).segments);
    const never = await record("stepfun", [...words, "--retries", "0"], {
      faults: [{ at: 0, fault }],
    });
    expect(never.run.code).not.toBe(0);
    const { code, stderr } = await never.replay();
    const withoutPort = (text: string) => text.replace(/127\.0\.0\.1:\d+|api\.stepfun\.com/g, "");
    expect(code).toBe(never.run.code);
    expect(withoutPort(stderr)).toBe(withoutPort(never.run.stderr));
  });

  it("a host that refuses connections, and a vendor that is silent", async () => {
    const { vendor, env } = await openVendor("tencent-flash");
    await vendor.close();
    const cwd = temporaryFolder();
    const words = ["transcribe", SHORT, "-p", "tencent-flash", "--retries", "0"];
    const run = await asrInProcess([...words, "--record", "tape"], { env, cwd });
    const again = await asrInProcess([...words, "--replay", "tape"], { env, cwd });
    expect(again).toEqual(run);
    expect(run.code).toBe(6);
    const until = new Promise(() => {});
    const faults = [{ at: 0, fault: { kind: "hold-answer", until } as const }];
    const silent = await record("tencent-flash", [...words, "--timeout", "0.2"], { faults });
    expect(silent.run.stderr).toContain("within 0.2 s");
    expect((await silent.replay()).stderr).toContain("within 0.2 s");
  });

  it("a wrong clock, corrected as it was then", async () => {
    const words = ["transcribe", SHORT, "-f", "json"];
    const { run, replay } = await record("tencent-flash", words, { clockSkewMs: 400_000 });
    expect(run.stderr).toMatch(/clock is 40\d s behind/);
    const replayed = await replay();
    expect(replayed.code).toBe(0);
    expect(replayed.stderr).toMatch(/clock is 40\d s behind/);
  });
});

describe("without any network", () => {
  it("replays in a process where a socket is an error", async () => {
    const { cwd, run } = await record("feishu-stream", ["transcribe", SHORT, "-f", "json"]);
    const guard = path.join(cwd, "no-network.cjs");
    await writeFile(
      guard,
      `const refuse = (name) => () => { process.stderr.write("NETWORK " + name); process.exit(99); };
       const net = require("node:net");
       net.Socket.prototype.connect = refuse("connect");
       require("node:dns").lookup = refuse("lookup");
       require("node:dns").promises.lookup = refuse("lookup");`,
    );
    const env = { NODE_OPTIONS: `--require ${guard}` };
    const words = ["transcribe", SHORT, "-f", "json", "-p", "feishu-stream"];
    const real = await asr([...words, "--retries", "0"], {
      env: { ...env, FEISHU_APP_ID: "a", FEISHU_APP_SECRET: "b" },
      cwd,
    });
    expect(real.code).toBe(99);
    const { code, stdout, stderr } = await asr([...words, "--replay", "tape"], { env, cwd });
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(comparable(stdout)).toEqual(comparable(run.stdout));
  });
});

describe("the folder of a recording", () => {
  it("costs nothing to replay", async () => {
    const { vendor, env } = await openVendor("tencent-flash");
    const cwd = temporaryFolder();
    const words = ["transcribe", SHORT, CLIP, "-p", "tencent-flash"];
    const recorded = await asrInProcess([...words, "-o", "one/", "--record", "tape"], { env, cwd });
    await vendor.close();
    const replayed = await asrInProcess([...words, "-o", "two/", "--replay", "tape"], { cwd });
    expect(recorded.stderr).toMatch(/2 of 2 inputs done.* billed/);
    expect(replayed.stderr).toMatch(/2 of 2 inputs done/);
    expect(replayed.stderr).not.toContain("billed");
  });

  it("is its owner's alone, says what it is, and is never written over unasked", async () => {
    const words = ["transcribe", SHORT, "-p", "stepfun", "--record", "tape"];
    const { vendor, env } = await openVendor("stepfun");
    const cwd = temporaryFolder();
    await asrInProcess(words, { env, cwd });
    const names = await readdir(path.join(cwd, "tape"));
    expect(names.sort()).toEqual(["0001-stepfun-recognize.json", "cassette.json"]);
    for (const name of names) {
      const { mode } = await stat(path.join(cwd, "tape", name));
      expect(mode & 0o777).toBe(0o600);
    }
    const facts = JSON.parse(await readFile(path.join(cwd, "tape", "cassette.json"), "utf8"));
    expect(facts).toMatchObject({ schema_version: 1, synthetic: true, exchanges: 1 });
    expect(facts.privacy).toContain("what was said");
    const again = await asrInProcess(words, { env, cwd });
    expect(again).toMatchObject({ code: 2, stderr: expect.stringContaining("--force") });
    expect(vendor.requests).toHaveLength(1);
    const forced = await asrInProcess([...words, CLIP, "-o", "out/", "--force", "-q"], {
      env,
      cwd,
    });
    expect({ code: forced.code, stderr: forced.stderr }).toEqual({ code: 0, stderr: "" });
    expect(await exchangesOf(path.join(cwd, "tape"))).toHaveLength(2);
    await vendor.close();
  });

  it("damaged, cut short, incomplete, newer or missing, is named", async () => {
    const { tape, replay } = await record("stepfun", ["transcribe", SHORT]);
    const file = path.join(tape, "0001-stepfun-recognize.json");
    const whole = await readFile(file, "utf8");
    const damages: readonly [string, string][] = [
      [whole.slice(0, 400), "ends too early"],
      ["", "ends too early"],
      [whole.replace("{", "{,"), "no JSON"],
      [whole.replace('"status": 200', '"status": "fine"'), "answer.status"],
      [whole.replace('"answer"', '"other"'), "neither an answer nor a failure"],
      [whole.replace('"schema_version": 1', '"schema_version": 2'), "newer version of asr"],
    ];
    for (const [content, reason] of damages) {
      await writeFile(file, content);
      const { code, stderr } = await replay();
      expect({ code, stderr }).toMatchObject({ code: 2, stderr: expect.stringContaining(reason) });
      expect(stderr).toContain("0001-stepfun-recognize.json");
    }
    const second = await record("feishu-file", ["transcribe", SHORT]);
    await writeFile(path.join(second.tape, "cassette.json"), "{}");
    expect((await second.replay()).stderr).toContain("cassette.json is damaged");
    const missing = await asrInProcess(["transcribe", SHORT, "-p", "stepfun", "--replay", "none"]);
    expect(missing).toMatchObject({ code: 2, stderr: expect.stringContaining("ENOENT") });
  });

  it("that lacks a file says so", async () => {
    const { tape, replay } = await record("feishu-stream", ["transcribe", SHORT]);
    const [, second = ""] = await exchangesOf(tape);
    await rm(path.join(tape, second));
    const { code, stderr } = await replay();
    expect(code).toBe(2);
    expect(stderr).toMatch(/1 of its \d+ files is missing/);
  });
});

describe("the options", () => {
  it("contradict each other, and warn where nobody is asked", async () => {
    const both = await asrInProcess(["transcribe", SHORT, "--record", "a", "--replay", "b"]);
    expect(both).toMatchObject({ code: 2, stderr: expect.stringContaining("--replay") });
    const speed = await asrInProcess(["transcribe", SHORT, "--replay-speed", "1"]);
    expect(speed).toMatchObject({ code: 2, stderr: expect.stringContaining("--replay") });
    const cwd = temporaryFolder();
    await writeFile(path.join(cwd, ".asrrc"), "record: tape\n");
    const filed = await asrInProcess(["transcribe", SHORT, "-p", "stepfun"], { cwd });
    expect(filed).toMatchObject({ code: 2, stderr: expect.stringContaining("record") });
    const dry = await asrInProcess(
      ["transcribe", SHORT, "-p", "stepfun", "--dry-run", "--record", "tape"],
      { cwd: temporaryFolder() },
    );
    expect(dry.code).toBe(0);
  });

  it("say that local asks no vendor", async () => {
    const cwd = temporaryFolder();
    await writeFile(path.join(cwd, "silence.wav"), numberedWav({ seconds: 1 }).subarray(0, 44));
    const words = ["transcribe", "silence.wav", "--record", "tape", "-p", "local"];
    const { stderr } = await asrInProcess(words, { cwd });
    expect(stderr).toContain("local asks no vendor, so nothing of it is recorded");
    expect(await readdir(cwd)).toEqual(["silence.wav"]);
  });

  it("take the vendor's time with --replay-speed 1", async () => {
    const faults = [{ at: 0, fault: tooManyRequests(1) }];
    const { replay } = await record("stepfun", ["transcribe", SHORT], { faults });
    const startedMs = performance.now();
    expect(await replay(["--replay-speed", "1"])).toMatchObject({ code: 0 });
    expect(performance.now() - startedMs).toBeGreaterThan(900);
  });

  it("say what was asked once more than it was recorded", async () => {
    const { cwd, replay } = await record("stepfun", ["transcribe", SHORT]);
    await copyFile(SHORT, path.join(cwd, "again.raw"));
    const { code, stderr } = await replay([SHORT.replace(/^/, "")], ["transcribe", "again.raw"]);
    expect(code).toBe(8);
    expect(stderr).toContain("it was recorded once, and asked once more");
  });
});

/** What a vendor might do with what it was sent. */
function echo(kind: number, padding: number, secrets: readonly string[]): Fault {
  const said = `refused: ${"x".repeat(padding)} ${secrets.join(" ")}`;
  const encoded = Buffer.from(said).toString("base64");
  const faults: readonly Fault[] = [
    { kind: "code", code: 4001, message: said },
    { kind: "status", status: 503, body: `<html>${said}</html>` },
    { kind: "replace-answer", body: JSON.stringify({ message: encoded }) },
    { kind: "replace-answer", body: `{"url":"https://x.example/?k=${encodeURIComponent(said)}"}` },
    { kind: "replace-answer", body: said.slice(0, -8) },
    { kind: "status", status: 400, headers: { "x-request-id": secrets[0] ?? "" } },
  ];
  return faults[kind % faults.length] ?? { kind: "pieces", sizeBytes: 7 };
}

describe("secrets", () => {
  it("are in no file of a recording, whatever a vendor answers", async () => {
    const arbitrary = fc.record({
      id: fc.constantFrom(...VENDOR_IDS),
      kind: fc.nat({ max: 6 }),
      padding: fc.nat({ max: 60 }),
      at: fc.nat({ max: 2 }),
    });
    await fc.assert(
      fc.asyncProperty(arbitrary, async ({ id, kind, padding, at }) => {
        const secrets: string[] = [];
        const { vendor, env } = await openVendor(id, {
          faults: ({ index, headers }) => {
            const { authorization = "" } = headers;
            if (authorization !== "") secrets.push(String(authorization).replace("Bearer ", ""));
            return index < at ? undefined : echo(kind, padding, secrets);
          },
        });
        secrets.push(
          ...Object.entries(env).flatMap(([name, value]) => (name.endsWith("URL") ? [] : [value])),
        );
        const cwd = temporaryFolder();
        const words = ["transcribe", SHORT, "-p", id, "--retries", "0", "--record", "tape"];
        await asrInProcess(words, { env, cwd });
        const { requests } = vendor;
        await vendor.close();
        const tape = path.join(cwd, "tape");
        expect(requests.length).toBeGreaterThan(0);
        expect(await exchangesOf(tape)).toHaveLength(requests.length);
        for (const name of await readdir(tape)) {
          const text = await readFile(path.join(tape, name), "utf8");
          const decoded = text.replace(/[A-Za-z0-9+/]{12,}={0,2}/g, (found) =>
            Buffer.from(found, "base64").toString("latin1"),
          );
          for (const secret of secrets) {
            for (const seen of [text, decoded]) {
              expect(seen).not.toContain(secret.slice(0, 12));
              expect(seen).not.toContain(encodeURIComponent(secret).slice(0, 12));
            }
          }
        }
      }),
      { numRuns: share(40, 2000) },
    );
  });
});
