/**
 * What `asr stream` adds, by the built command and a server on this machine that answers at once:
 *
 *     npm run bench -- live
 *
 * Speech is fed at its own pace in slices of 200 ms. Goals: from a complete slice on stdin to its
 * request p95 under 10 ms; from an answer to its text on the pipe p95 under 5 ms; under 3 % of a
 * core; an hour fed as fast as it is taken under 120 MB; `local`: final at most 3 s after the end
 * of an utterance.
 */
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { TEST_ACCOUNT } from "../../test/vendors/tencent/account.ts";
import { LAUNCHER } from "./measure.ts";

const SLICE_MS = 200;
const BYTES_PER_MS = 32;
const PACED_SECONDS = 40;
const HOUR_SECONDS = 3600;
const SILENCE = Buffer.alloc(3000 * BYTES_PER_MS);

const fixture = (name: string) =>
  readFileSync(fileURLToPath(new URL(`../../fixtures/audio/${name}`, import.meta.url))).subarray(
    44,
  );
const DIALOGUE = fixture("en-ibm-dialogue.wav");
const SENTENCE = fixture("en-librivox-0890.wav");

interface Slice {
  /** Milliseconds of audio up to its end, in the input. */
  readonly endMs: number;
  readonly arrivedMs: number;
}

/** Tencent realtime with `needvad=1`: every slice is a sentence, which is final at once. */
function createVendor(input: Buffer) {
  const slices: Slice[] = [];
  const answered = new Map<string, number>();
  let offset: number | undefined;
  let sentBytes = 0;
  const server = createServer((request, response) => {
    const pieces: Buffer[] = [];
    request.on("data", (piece: Buffer) => pieces.push(piece));
    request.on("end", () => {
      const arrivedMs = performance.now();
      const body = Buffer.concat(pieces);
      const query = new URL(request.url ?? "", "http://localhost").searchParams;
      offset ??= Math.max(0, input.indexOf(body.subarray(0, 64)));
      sentBytes += body.length;
      slices.push({ endMs: (offset + sentBytes) / BYTES_PER_MS, arrivedMs });
      const index = slices.length;
      const text = `w${index}.`;
      const startMs = (sentBytes - body.length) / BYTES_PER_MS;
      const sentence = { slice_type: 2, index, voice_text_str: text };
      const times = { start_time: startMs, end_time: sentBytes / BYTES_PER_MS };
      const final = query.get("end") === "1" ? 1 : 0;
      const answer = { code: 0, message: "", voice_id: query.get("voice_id"), final };
      const list = { result_number: 1, result_list: [{ ...sentence, ...times }] };
      answered.set(text, performance.now());
      response.end(JSON.stringify({ ...answer, seq: Number(query.get("seq")), text: "", ...list }));
    });
  });
  return { server, slices, answered };
}

function startStream(words: readonly string[], env: NodeJS.ProcessEnv) {
  const child = spawn(process.execPath, [LAUNCHER, "stream", "-", "--rate", "16000", ...words], {
    env: { PATH: process.env.PATH, HOME: tmpdir(), ...env },
    stdio: ["pipe", "pipe", "inherit"],
  });
  const said: { readonly line: string; readonly atMs: number }[] = [];
  child.stdout.on("data", (piece: Buffer) => {
    const atMs = performance.now();
    for (const line of piece.toString().split("\n")) if (line !== "") said.push({ line, atMs });
  });
  const ended = new Promise<void>((resolve) => child.on("close", () => resolve()));
  return { child, said, ended };
}

function statusOf(pid: number | undefined, field: string): number {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  return Number(new RegExp(`^${field}:\\s*(\\d+) kB`, "m").exec(status)?.[1]) / 1000;
}

/** Seconds of processor time; a tick is a hundredth (proc(5), `stat`). */
function cpuSeconds(pid: number | undefined): number {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

const percentile = (values: readonly number[], share: number) =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length * share)] ?? Number.NaN;

async function vendorRun(seconds: number, isPaced: boolean) {
  const lengthBytes = seconds * 1000 * BYTES_PER_MS;
  const input = Buffer.alloc(Math.min(lengthBytes, DIALOGUE.length), DIALOGUE);
  const { server, slices, answered } = createVendor(input);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const { child, said, ended } = startStream(["-p", "tencent-realtime"], {
    ASR_TENCENT_BASE_URL: `http://127.0.0.1:${port}`,
    TENCENTCLOUD_APPID: TEST_ACCOUNT.appId,
    TENCENTCLOUD_SECRET_ID: TEST_ACCOUNT.secretId,
    TENCENTCLOUD_SECRET_KEY: TEST_ACCOUNT.secretKey,
  });
  const writtenMs: number[] = [];
  const memory: number[] = [];
  // The command's own start is another benchmark's business.
  await sleep(1000);
  const cpuBefore = cpuSeconds(child.pid);
  const startedMs = performance.now();
  for (let slice = 0; slice * SLICE_MS < seconds * 1000; slice++) {
    const at = (slice * SLICE_MS * BYTES_PER_MS) % input.length;
    const dueMs = startedMs + slice * SLICE_MS;
    if (isPaced) await sleep(Math.max(0, dueMs - performance.now()));
    const isRoom = child.stdin.write(input.subarray(at, at + SLICE_MS * BYTES_PER_MS));
    writtenMs.push(performance.now());
    if (!isRoom) await new Promise<void>((resolve) => child.stdin.once("drain", resolve));
    if (slice % 3000 === 2999) memory.push(statusOf(child.pid, "VmRSS"));
  }
  const cpu = (cpuSeconds(child.pid) - cpuBefore) / ((performance.now() - startedMs) / 1000);
  const peak = statusOf(child.pid, "VmHWM");
  child.stdin.end();
  await ended;
  server.close();
  // The first slices carry what had come before anybody was known to speak.
  const toRequest = slices.slice(10).flatMap(({ endMs, arrivedMs }) => {
    const written = writtenMs[Math.ceil(endMs / SLICE_MS) - 1];
    return written === undefined ? [] : [arrivedMs - written];
  });
  const toText = said.flatMap(({ line, atMs }) => {
    const sentMs = answered.get(line);
    return sentMs === undefined ? [] : [atMs - sentMs];
  });
  return { toRequest, toText, cpu, peak, memory };
}

async function localDelayMs(): Promise<number> {
  const input = Buffer.concat([SENTENCE, SILENCE]);
  const { child, said, ended } = startStream(["-p", "local"], {});
  const startedMs = performance.now();
  for (let at = 0; at < input.length; at += SLICE_MS * BYTES_PER_MS) {
    await sleep(Math.max(0, startedMs + at / BYTES_PER_MS - performance.now()));
    child.stdin.write(input.subarray(at, at + SLICE_MS * BYTES_PER_MS));
  }
  child.stdin.end();
  await ended;
  return (said[0]?.atMs ?? Number.NaN) - startedMs - SENTENCE.length / BYTES_PER_MS;
}

const paced = await vendorRun(PACED_SECONDS, true);
const hour = await vendorRun(HOUR_SECONDS, false);
const rows = [
  ["slice complete to request, p50", `${percentile(paced.toRequest, 0.5).toFixed(1)} ms`, ""],
  ["slice complete to request, p95", `${percentile(paced.toRequest, 0.95).toFixed(1)} ms`, "10 ms"],
  ["answer to text on the pipe, p95", `${percentile(paced.toText, 0.95).toFixed(1)} ms`, "5 ms"],
  ["one core at real time", `${(paced.cpu * 100).toFixed(1)} %`, "3 %"],
  ["an hour fed fast, peak", `${hour.peak.toFixed(0)} MB`, "120 MB"],
  ["the same, every ten minutes", hour.memory.map((rss) => rss.toFixed(0)).join(", "), "flat"],
  ["local: end of speech to final", `${((await localDelayMs()) / 1000).toFixed(2)} s`, "3 s"],
];
console.log("| what | measured | goal |\n|---|---|---|");
for (const row of rows) console.log(`| ${row.join(" | ")} |`);
