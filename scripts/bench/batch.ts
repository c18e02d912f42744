/**
 * A thousand recordings of a second by the built command, through Tencent flash's double:
 *
 *     npm run bench -- batch
 *
 * The double answers after 200 ms and takes 20 at once: 10 s at best, goal 1.05 of that from the first
 * request to the last answer. Then the same folder once more, all done; and 100 000 recordings of
 * which the ledger says that they are done (goal 20 s and 300 MB).
 */
import { type ChildProcess, fork, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { wavHeader } from "../../src/audio/encode.ts";
import { TEST_ACCOUNT } from "../../test/vendors/tencent/account.ts";
import { startTencentDouble } from "../../test/vendors/tencent/server.ts";
import { LAUNCHER, type Measured, measure, median } from "./measure.ts";

const ROUNDS = 3;
const FILES = 1000;
const LATENCY_MS = 200;
const AT_ONCE = 20;
const IDEAL_SECONDS = (FILES / AT_ONCE) * (LATENCY_MS / 1000);
const LISTED = 100_000;
const FORMAT = { sampleRate: 16_000, channels: 1, encoding: "s16le" } as const;
const BYTES_PER_SECOND = 32_000;
const LEDGER = ".asr-ledger.sqlite";

/** What the double says of the requests since it was asked last. */
interface Traffic {
  readonly count: number;
  readonly spanSeconds: number;
  readonly refused: number;
  /** How long the double had each, on average: its latency, and what a busy machine adds. */
  readonly heldMs: number;
}

async function serve(): Promise<void> {
  const double = await startTencentDouble({
    concurrency: AT_ONCE,
    recognise: async () => {
      await setTimeout(LATENCY_MS);
      return [{ text: "你好。", startMs: 0, endMs: 900 }];
    },
  });
  let told = 0;
  process.on("message", () => {
    const requests = double.requests.slice(told);
    told = double.requests.length;
    const firstMs = requests[0]?.openedAtMs ?? 0;
    const lastMs = Math.max(...requests.map(({ closedAtMs = 0 }) => closedAtMs));
    const heldMs = requests.reduce(
      (sum, { openedAtMs, closedAtMs = openedAtMs }) => sum + closedAtMs - openedAtMs,
      0,
    );
    const refused = requests.filter(({ code }) => code !== 0).length;
    const traffic: Traffic = {
      count: requests.length,
      spanSeconds: (lastMs - firstMs) / 1000,
      refused,
      heldMs: heldMs / Math.max(1, requests.length),
    };
    process.send?.(traffic);
  });
  process.send?.(double.origin);
}

async function trafficOf(double: ChildProcess): Promise<Traffic> {
  const answer = once(double, "message");
  double.send("report");
  const [traffic] = (await answer) as [Traffic];
  return traffic;
}

function writeInputs(folder: string): void {
  mkdirSync(folder);
  const header = wavHeader(FORMAT, BYTES_PER_SECOND);
  for (let number = 0; number < FILES; number++) {
    const samples = Buffer.alloc(BYTES_PER_SECOND, `asr bench ${number}`);
    writeFileSync(path.join(folder, `${number}.wav`), Buffer.concat([header, samples]));
  }
}

/** @param origin of the vendor's double */
function environmentIn(folder: string, origin: string) {
  return {
    PATH: process.env.PATH,
    HOME: folder,
    TENCENTCLOUD_APPID: TEST_ACCOUNT.appId,
    TENCENTCLOUD_SECRET_ID: TEST_ACCOUNT.secretId,
    TENCENTCLOUD_SECRET_KEY: TEST_ACCOUNT.secretKey,
    ASR_TENCENT_BASE_URL: origin,
  };
}

interface Run extends Measured, Traffic {}

async function compareRuns(folder: string): Promise<void> {
  writeInputs(path.join(folder, "in"));
  const double = fork(fileURLToPath(import.meta.url), ["serve"]);
  try {
    const [origin] = (await once(double, "message")) as [string];
    const env = environmentIn(folder, origin);
    const words = ["transcribe", path.join(folder, "in"), "-p", "tencent-flash", "-q"];
    const transcribe = async (out: string, more: readonly string[]): Promise<Run> => {
      const output = ["-o", path.join(folder, out), "-j", `${AT_ONCE}`];
      const measured = measure(process.execPath, [LAUNCHER, ...words, ...output, ...more], env);
      return { ...measured, ...(await trafficOf(double)) };
    };
    const runs: Record<string, Run[]> = { "with a ledger": [], "--no-resume": [], "all done": [] };
    for (let round = 0; round < ROUNDS; round++) {
      runs["with a ledger"]?.push(await transcribe(`ledger-${round}`, []));
      runs["--no-resume"]?.push(await transcribe(`plain-${round}`, ["--no-resume"]));
      runs["all done"]?.push(await transcribe(`ledger-${round}`, []));
    }
    console.log(
      "| run | requests | span s | of the ideal | wall s | peak MB |\n|---|---|---|---|---|---|",
    );
    for (const [name, all] of Object.entries(runs))
      console.log(`| ${row(name, all).join(" | ")} |`);
    const perJob = (name: string): number => wallMs(runs[name] ?? []) / FILES;
    const overhead = perJob("with a ledger") - perJob("--no-resume");
    console.log(`\nThe ledger costs ${overhead.toFixed(2)} ms a job of wall time.`);
  } finally {
    double.kill();
  }
}

const wallMs = (runs: readonly Run[]): number => median(runs.map((run) => run.wallMs));

function row(name: string, runs: readonly Run[]): string[] {
  const span = median(runs.map(({ spanSeconds }) => spanSeconds));
  const peak = Math.max(...runs.map(({ peakMegabytes }) => peakMegabytes));
  const counts = [
    ...new Set(runs.map(({ count, refused }) => `${count}${refused ? " (refused!)" : ""}`)),
  ];
  const sent = runs.some(({ count }) => count > 0);
  return [
    name,
    counts.join(", "),
    sent ? span.toFixed(2) : "",
    sent ? (span / IDEAL_SECONDS).toFixed(3) : "",
    (wallMs(runs) / 1000).toFixed(2),
    peak.toFixed(0),
  ];
}

/** The ledger of one recording that is done, and then of as many of its kind as are listed. */
function writeLedger(file: string, names: readonly string[], out: string): void {
  const ledger = new DatabaseSync(file);
  const { id } = ledger.prepare("SELECT id FROM inputs").get() as { id: number };
  const columns = "SELECT name FROM pragma_table_info(?) WHERE name NOT IN ('id')";
  const copied = (ledger.prepare(columns).all("inputs") as { name: string }[]).map(
    ({ name }) => name,
  );
  const own = new Set(["path", "relative_path", "modified_ms"]);
  const insert = ledger.prepare(
    `INSERT INTO inputs (${copied.join(", ")})
     SELECT ${copied.map((name) => (own.has(name) ? `:${name}` : name)).join(", ")}
     FROM inputs WHERE id = ${id}`,
  );
  const addOutput = ledger.prepare(
    "INSERT INTO outputs (path, input, format, variant, size_bytes) VALUES (?, ?, 'txt', '', 1)",
  );
  ledger.exec("BEGIN");
  for (const [index, name] of names.entries()) {
    if (index === 0) continue;
    const { lastInsertRowid } = insert.run({
      path: name,
      relative_path: path.basename(name),
      modified_ms: statSync(name).mtimeMs,
    });
    addOutput.run(`${index}.txt`, lastInsertRowid);
    writeFileSync(path.join(out, `${index}.txt`), "x");
  }
  ledger.exec("COMMIT");
  ledger.close();
}

/** 100 000 recordings that are all done: nothing is sent, so the vendor is nobody's. */
async function skipAll(folder: string): Promise<void> {
  const names = Array.from({ length: LISTED }, (_, index) =>
    path.join(folder, "many", `${index}.wav`),
  );
  mkdirSync(path.join(folder, "many"));
  const audio = Buffer.concat([wavHeader(FORMAT, 3200), Buffer.alloc(3200)]);
  for (const name of names) writeFileSync(name, audio);
  const list = path.join(folder, "list");
  const out = path.join(folder, "many-out");
  const double = await startTencentDouble();
  const env = environmentIn(folder, double.origin);
  const words = [LAUNCHER, "transcribe", "--from", list, "-p", "tencent-flash", "-q", "-o", out];
  writeFileSync(list, names[0] ?? "");
  const first = spawn(process.execPath, words, { env, stdio: "inherit" });
  await once(first, "close");
  await double.close();
  writeLedger(path.join(out, LEDGER), names, out);
  writeFileSync(list, names.join("\n"));
  const { wallMs: ms, peakMegabytes } = measure(process.execPath, words, env);
  console.log(
    `\n${LISTED} listed, all done: ${(ms / 1000).toFixed(1)} s, ${peakMegabytes.toFixed(0)} MB`,
  );
}

if (process.argv[2] === "serve") await serve();
else {
  const folder = mkdtempSync(path.join(tmpdir(), "asr-bench-"));
  try {
    await compareRuns(folder);
    await skipAll(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
