/** A batch that is killed again and again, at moments that nobody has chosen. */
import type { ChildProcess } from "node:child_process";
import { mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout } from "node:timers/promises";
import { expect, it, onTestFailed } from "vitest";
import type { RequestRecord } from "../vendors/server/recorder.ts";
import { asr, temporaryFolder } from "./run.ts";
import { openVendor } from "./vendor-accounts.ts";

const FILES = 200;
const KILLS = 20;
const LEDGER = ".asr-ledger.sqlite";
const FORMATS = ["txt", "json"] as const;
/** A kill comes so much later than the request that it waits for, at most. */
const LATEST_MS = 40;
/** Until about the first request, from the start of the process. */
const START_MS = 350;

/** A run that was killed: what it sent. */
interface Killed {
  readonly sent: readonly RequestRecord[];
}

/** Marsaglia's xorshift, 32 bits: in [0, 1). */
function seeded(seed: number): () => number {
  let state = seed | 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

const audioOf = ({ audio }: RequestRecord): string => audio?.sha256 ?? "none";

/** What was sent by this run, and again by a later one. */
function repeatedOf({ sent }: Killed, later: readonly RequestRecord[]): RequestRecord[] {
  const again = new Set(later.map(audioOf));
  return sent.filter((request) => again.has(audioOf(request)));
}

/** Its answer was out, and then as many requests came as there are jobs: each job had gone on. */
function wasReceived(request: RequestRecord, { sent }: Killed, jobs: number): boolean {
  const { outcome, closedAt } = request;
  if (outcome !== "answered" || closedAt === undefined) return false;
  return sent.filter(({ openedAt }) => openedAt > closedAt).length >= jobs;
}

it.each([1, 8])(
  "is right in the end, and no answer that came is paid for twice, with -j %d",
  async (jobs) => {
    const seed = Number(process.env.ASR_SEED ?? Math.floor(Math.random() * 2 ** 31));
    onTestFailed(() => console.error(`ASR_SEED=${seed} has this test do the same again`));
    const random = seeded(seed);
    const below = (limit: number): number => Math.floor(random() * limit);
    const folder = temporaryFolder();
    const file = (...names: string[]): string => path.join(folder, ...names);
    await mkdir(file("in"));
    for (let number = 1; number <= FILES; number++) {
      const samples = new Int16Array(1600).fill(number);
      await writeFile(file("in", `${number}.raw`), new Uint8Array(samples.buffer));
    }
    const { vendor, env } = await openVendor("tencent-flash", {
      // Says which file it hears: each has samples of its own.
      recognise: (_, [number = 0]) => [{ text: `file ${number}`, startMs: 0, endMs: 100 }],
    });
    const words = ["transcribe", "-p", "tencent-flash", "in", "-o", "out", "-j", `${jobs}`];
    const transcribe = (started: (child: ChildProcess) => void = () => {}) =>
      asr([...words, "-f", FORMATS.join(",")], { cwd: folder, env, started });

    /** Kills a process at the request of this number, from 1, of its own; 0: around its start. */
    async function killAt(child: ChildProcess, number: number): Promise<void> {
      const first = vendor.requests.length;
      if (number > 0) await vendor.waitFor(({ index }) => index >= first + number - 1);
      await setTimeout(below(number > 0 ? LATEST_MS : START_MS));
      child.kill("SIGKILL");
    }

    const killed: Killed[] = [];
    for (let kill = 0; kill < KILLS; kill++) {
      const answered = new Set(vendor.requests.map(audioOf)).size;
      const left = FILES - answered;
      // All over the run, around its beginning and, once, while the last file is finishing.
      const number =
        kill === KILLS - 1 ? left : below(6) === 0 ? 0 : 1 + below((2 * left) / (KILLS - kill));
      const from = vendor.requests.length;
      const run = await transcribe((child) => void killAt(child, number));
      if (run.code === null) killed.push({ sent: vendor.requests.slice(from) });
      else expect(run.code).toBe(0);
    }
    expect(killed.length).toBeGreaterThanOrEqual(KILLS / 2);
    const run = await transcribe();
    expect(run.code).toBe(0);

    for (const each of killed) {
      const lastIndex = each.sent.at(-1)?.index ?? Number.POSITIVE_INFINITY;
      const later = vendor.requests.filter(({ index }) => index > lastIndex);
      const repeated = repeatedOf(each, later);
      expect(repeated.length).toBeLessThanOrEqual(jobs);
      expect(repeated.filter((request) => wasReceived(request, each, jobs))).toEqual([]);
    }
    expect(vendor.violations).toEqual([]);

    const numbers = Array.from({ length: FILES }, (_, index) => index + 1);
    const names = numbers.flatMap((number) => FORMATS.map((format) => `${number}.${format}`));
    const found = (await readdir(file("out"))).filter((name) => !name.startsWith(LEDGER));
    expect(found.sort()).toEqual(names.sort());
    for (const number of numbers) {
      expect(await readFile(file("out", `${number}.txt`), "utf8")).toBe(`file ${number}\n`);
      const transcript = JSON.parse(await readFile(file("out", `${number}.json`), "utf8"));
      expect(transcript).toMatchObject({ text: `file ${number}`, usage: { requests: 1 } });
    }
    await expectSettled(file("out"), names);
    const before = vendor.requests.length;
    expect(await transcribe()).toMatchObject({ code: 0 });
    expect(vendor.requests).toHaveLength(before);
  },
  300_000,
);

/** The ledger has all inputs done, knows each result as it is, and holds nothing of a run. */
async function expectSettled(folder: string, names: readonly string[]): Promise<void> {
  const ledger = new DatabaseSync(path.join(folder, LEDGER), { readOnly: true });
  try {
    const states = ledger.prepare("SELECT state, count(*) AS count FROM inputs GROUP BY state");
    expect(states.all()).toEqual([{ state: "done", count: FILES }]);
    expect(ledger.prepare("SELECT count(*) AS count FROM runs").get()).toEqual({ count: 0 });
    const outputs = ledger.prepare(
      "SELECT path, size_bytes AS sizeBytes FROM outputs ORDER BY path",
    );
    const sizes = names.toSorted().map(async (name) => {
      return { path: name, sizeBytes: (await stat(path.join(folder, name))).size };
    });
    expect(outputs.all()).toEqual(await Promise.all(sizes));
  } finally {
    ledger.close();
  }
}
