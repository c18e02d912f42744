/**
 * A thousand recordings of a second over a queue, by two workers of the built command:
 *
 *     npm run bench -- queue
 *
 * The double answers after 200 ms and takes 20 at once: 10 s at best, goal 1.15 of that from the first
 * request to the last answer. Then what a job costs in Redis: round trips (by MONITOR, so that what
 * scripts call inside does not count, and a transaction counts once) and processor time, and what it
 * costs the workers. Needs redis-server and redis-cli, and Linux' /proc.
 */
import { type ChildProcess, execFileSync, fork, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { wavHeader } from "../../src/audio/encode.ts";
import { TEST_ACCOUNT } from "../../test/vendors/tencent/account.ts";
import { LAUNCHER, measure, median } from "./measure.ts";

const ROUNDS = 3;
const FILES = 1000;
const COUNTED_FILES = 200;
const WORKERS = 2;
const AT_ONCE = 20;
const IDEAL_SECONDS = (FILES / AT_ONCE) * 0.2;
const BYTES_PER_SECOND = 32_000;
const PORT = 16_389;
/** As Linux counts processor time. */
const TICK_MS = 10;
const VENDOR = fileURLToPath(new URL("batch.ts", import.meta.url));

interface Traffic {
  readonly count: number;
  readonly spanSeconds: number;
  readonly refused: number;
  readonly heldMs: number;
}

function writeInputs(folder: string, count: number): void {
  mkdirSync(folder);
  const format = { sampleRate: 16_000, channels: 1, encoding: "s16le" } as const;
  const header = wavHeader(format, BYTES_PER_SECOND);
  for (let number = 0; number < count; number++) {
    const samples = Buffer.alloc(BYTES_PER_SECOND, `asr queue bench ${count} ${number}`);
    writeFileSync(path.join(folder, `${number}.wav`), Buffer.concat([header, samples]));
  }
}

async function openRedis(folder: string): Promise<ChildProcess> {
  const words = ["--port", `${PORT}`, "--bind", "127.0.0.1", "--dir", folder, "--save", ""];
  const server = spawn("redis-server", [...words, "--appendonly", "yes"]);
  for await (const text of server.stdout) {
    if (`${text}`.includes("Ready to accept")) break;
  }
  return server;
}

function redisProcessorMs(): number {
  const info = execFileSync("redis-cli", ["-p", `${PORT}`, "INFO", "cpu"], { encoding: "utf8" });
  const [user = 0, system = 0] = ["used_cpu_user", "used_cpu_sys"].map((name) =>
    Number(new RegExp(`^${name}:([\\d.]+)`, "m").exec(info)?.[1]),
  );
  return (user + system) * 1000;
}

/** Of all threads of a process so far, the system's part too (proc_pid_stat(5), fields 14 and 15). */
function processorMs({ pid }: ChildProcess): number {
  const [, fields = ""] = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ");
  const [user = 0, system = 0] = fields.split(" ").slice(11, 13).map(Number);
  return (user + system) * TICK_MS;
}

async function openWorker(cwd: string, env: NodeJS.ProcessEnv): Promise<ChildProcess> {
  const worker = spawn(process.execPath, [LAUNCHER, "worker"], {
    cwd,
    env,
    stdio: ["ignore", "ignore", "pipe"],
  });
  let said = "";
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  worker.stderr?.on("data", (text: Buffer) => {
    said += text;
    if (said.includes("working for")) resolve();
  });
  worker.once("close", () => reject(new Error(said)));
  await promise;
  return worker;
}

async function trafficOf(vendor: ChildProcess): Promise<Traffic> {
  const answer = once(vendor, "message");
  vendor.send("report");
  const [traffic] = (await answer) as [Traffic];
  return traffic;
}

/** Round trips while `act` runs. */
async function roundTrips(act: () => Promise<void>): Promise<number> {
  const monitor = spawn("redis-cli", ["-p", `${PORT}`, "monitor"]);
  let count = 0;
  let rest = "";
  const inTransaction = new Set<string>();
  monitor.stdout.on("data", (text: Buffer) => {
    const lines = (rest + text.toString("latin1")).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) {
      const [, client, command] = /^[\d.]+ \[\d+ (\S+)\] "(\w+)"/.exec(line) ?? [];
      if (client === undefined || client === "lua") continue;
      if (!inTransaction.has(client)) count += 1;
      if (command?.toLowerCase() === "multi") inTransaction.add(client);
      if (command?.toLowerCase() === "exec") inTransaction.delete(client);
    }
  });
  await once(monitor.stdout, "data");
  await act();
  const ended = once(monitor, "close");
  monitor.kill();
  await ended;
  return count;
}

async function bench(folder: string): Promise<void> {
  writeInputs(path.join(folder, "in"), FILES);
  writeInputs(path.join(folder, "counted"), COUNTED_FILES);
  const redis = await openRedis(folder);
  const vendor = fork(VENDOR, ["serve"]);
  const workers: ChildProcess[] = [];
  try {
    const [origin] = (await once(vendor, "message")) as [string];
    const queue = {
      PATH: process.env.PATH,
      HOME: folder,
      ASR_QUEUE: `redis://127.0.0.1:${PORT}`,
    };
    const account = {
      TENCENTCLOUD_APPID: TEST_ACCOUNT.appId,
      TENCENTCLOUD_SECRET_ID: TEST_ACCOUNT.secretId,
      TENCENTCLOUD_SECRET_KEY: TEST_ACCOUNT.secretKey,
      ASR_TENCENT_BASE_URL: origin,
    };
    for (let index = 0; index < WORKERS; index++) {
      workers.push(await openWorker(folder, { ...queue, ...account }));
    }
    const transcribe = (input: string, out: string) => {
      const words = ["transcribe", path.join(folder, input), "-o", path.join(folder, out)];
      return measure(process.execPath, [LAUNCHER, ...words, "-p", "tencent-flash", "-q"], queue);
    };
    const runs = [];
    for (let round = 0; round < ROUNDS; round++) {
      const ofWorkers = () => workers.reduce((sum, worker) => sum + processorMs(worker), 0);
      const before = { redisMs: redisProcessorMs(), workersMs: ofWorkers() };
      const measured = transcribe("in", `out-${round}`);
      const redisMs = redisProcessorMs() - before.redisMs;
      const workersMs = ofWorkers() - before.workersMs;
      runs.push({ ...measured, ...(await trafficOf(vendor)), redisMs, workersMs });
    }
    const spans = runs.map(({ spanSeconds }) => spanSeconds);
    console.log(
      "| requests | refused | vendor's ms | span s | of the ideal | wall s | submitter's processor s | its peak MB | workers' processor s | Redis ms a job |",
    );
    console.log("|---|---|---|---|---|---|---|---|---|---|");
    for (const run of runs) {
      const { count, refused, heldMs, spanSeconds, wallMs, processorMs, peakMegabytes } = run;
      const cells = [
        count,
        refused,
        heldMs.toFixed(0),
        spanSeconds.toFixed(2),
        (spanSeconds / IDEAL_SECONDS).toFixed(3),
        (wallMs / 1000).toFixed(2),
        (processorMs / 1000).toFixed(2),
        peakMegabytes.toFixed(0),
        (run.workersMs / 1000).toFixed(2),
        (run.redisMs / FILES).toFixed(2),
      ];
      console.log(`| ${cells.join(" | ")} |`);
    }
    console.log(`\nmedian: ${(median(spans) / IDEAL_SECONDS).toFixed(3)} of the ideal (goal 1.15)`);
    const trips = await roundTrips(async () => {
      const words = ["transcribe", path.join(folder, "counted"), "-o", path.join(folder, "once")];
      const all = [LAUNCHER, ...words, "-p", "tencent-flash", "-q"];
      await once(spawn(process.execPath, all, { env: queue, stdio: "inherit" }), "close");
    });
    console.log(`${(trips / COUNTED_FILES).toFixed(1)} round trips a job`);
  } finally {
    for (const child of [...workers, vendor, redis]) child.kill();
    await once(redis, "close");
  }
}

const folder = mkdtempSync(path.join(tmpdir(), "asr-queue-bench-"));
try {
  await bench(folder);
} finally {
  rmSync(folder, { recursive: true });
}
