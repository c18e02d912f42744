/** A vendor that counts, and processes that ask it within shared limits. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { onTestFinished } from "vitest";
import { serve } from "../../http/loopback.ts";
import type { WorkerSettings } from "./limited-worker.ts";

export interface CountingVendor {
  readonly origin: string;
  /** More at once are refused (429); counted from arrival to answer. */
  limit: number;
  /** Taken requests by arrival. */
  readonly taken: { readonly id: string; readonly atMs: number; readonly running: number }[];
  readonly refusedMs: number[];
}

/** @param answerMs how long it takes for an answer */
export async function countingVendor(answerMs: number): Promise<CountingVendor> {
  let running = 0;
  const server = await serve(async (request, response) => {
    const atMs = performance.now();
    if (running >= vendor.limit) {
      vendor.refusedMs.push(atMs);
      response.writeHead(429).end();
      return;
    }
    running += 1;
    let over = false;
    const end = () => {
      if (!over) running -= 1;
      over = true;
    };
    // A killed client's request counts on: a vendor does not look whether anybody waits.
    vendor.taken.push({ id: (request.url ?? "").slice(1), atMs, running });
    await sleep(answerMs);
    end();
    response.end();
  });
  const vendor: CountingVendor = {
    origin: server.origin,
    limit: Number.POSITIVE_INFINITY,
    taken: [],
    refusedMs: [],
  };
  return vendor;
}

export interface Worker {
  readonly child: ChildProcess;
  /** Ids of what was answered. */
  readonly done: string[];
  readonly stderr: () => string;
  readonly ended: Promise<unknown>;
}

/** Starts a process; it has connected, and not asked yet, when this resolves. */
export async function startWorker(settings: WorkerSettings): Promise<Worker> {
  const script = path.join(import.meta.dirname, "limited-worker.ts");
  const child = spawn(process.execPath, [script, JSON.stringify(settings)], { stdio: "pipe" });
  onTestFinished(() => void child.kill("SIGKILL"));
  const done: string[] = [];
  let stderr = "";
  let rest = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  const { promise: ready, resolve, reject } = Promise.withResolvers<void>();
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    const lines = `${rest}${text}`.split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) {
      if (line === "ready") resolve();
      else done.push(line);
    }
  });
  const ended = once(child, "close");
  ended.then(() => reject(new Error(`the worker ended: ${stderr}`)));
  await ready;
  return { child, done, stderr: () => stderr, ended };
}

/** The most of these times within any second. */
export function mostInASecond(timesMs: readonly number[]): number {
  const sorted = timesMs.toSorted((a, b) => a - b);
  let from = 0;
  let most = 0;
  sorted.forEach((atMs, index) => {
    while (atMs - (sorted[from] ?? atMs) > 1_000) from += 1;
    most = Math.max(most, index - from + 1);
  });
  return most;
}
