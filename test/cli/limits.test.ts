/** Accounts whose limits are others than ours, and change while a run is on. */
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import { expect, it } from "vitest";
import { share } from "../share.ts";
import type { RequestRecord } from "../vendors/server/recorder.ts";
import { asrInProcess } from "./in-process.ts";
import { temporaryFolder } from "./run.ts";
import { openVendor, type VendorId } from "./vendor-accounts.ts";

/** What the vendor takes at once, each for as many answers as the next. */
const LIMITS = [8, 2, 5, 1, 8];
const LATENCY_MS = 40;

interface Trial {
  readonly provider: VendorId;
  readonly vendor: string;
  readonly count: number;
  readonly retryAfterSeconds?: number;
  readonly wasRefused: (request: RequestRecord) => boolean;
  readonly mostRefused: number;
}

const TRIALS: readonly Trial[] = [
  {
    provider: "tencent-flash",
    vendor: "tencent",
    count: 60,
    wasRefused: ({ code }) => code === 4006,
    mostRefused: 12,
  },
  {
    provider: "stepfun",
    vendor: "stepfun",
    count: 60,
    wasRefused: ({ status }) => status === 429,
    mostRefused: 12,
  },
  {
    provider: "stepfun",
    vendor: "stepfun",
    count: 60,
    retryAfterSeconds: 1,
    wasRefused: ({ status }) => status === 429,
    mostRefused: 12,
  },
  {
    provider: "feishu-file",
    vendor: "feishu",
    // By the second: the part with one of them takes most of the time.
    count: share(20, 60),
    wasRefused: ({ code }) => code === 99991400,
    mostRefused: 30,
  },
];

const file = (folder: string, name: string) => path.join(folder, name);

async function writeInputs(folder: string, count: number): Promise<void> {
  await mkdir(file(folder, "in"));
  for (let number = 1; number <= count; number++) {
    const samples = new Int16Array(1600).fill(number);
    await writeFile(file(folder, `in/${number}.raw`), new Uint8Array(samples.buffer));
  }
}

async function resultsOf(folder: string): Promise<Record<string, string>> {
  const names = (await readdir(file(folder, "out"))).filter((name) => name.endsWith(".txt"));
  const texts = names.map(async (name) => [
    name,
    await readFile(file(folder, `out/${name}`), "utf8"),
  ]);
  return Object.fromEntries(await Promise.all(texts));
}

it.each(TRIALS)(
  "$provider (Retry-After: $retryAfterSeconds) is followed from 8 at once to 2, 5, 1 and 8",
  async ({ provider, vendor: name, count, retryAfterSeconds, wasRefused, mostRefused }) => {
    const folder = temporaryFolder();
    await writeInputs(folder, count);
    await writeFile(
      file(folder, "limits.yaml"),
      `vendors: { ${name}: { concurrency: 8, requestsPerSecond: 100 } }\n`,
    );
    let answered = 0;
    const limit = () => LIMITS[Math.floor((answered * LIMITS.length) / count)] ?? 8;
    const { vendor, env } = await openVendor(provider, {
      concurrency: limit,
      queriesPerSecond: limit,
      ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
      recognise: async (_, [number = 0]) => {
        await setTimeout(LATENCY_MS);
        answered += 1;
        return [{ text: `file ${number}`, startMs: 0, endMs: 100 }];
      },
    });
    const words = ["transcribe", "in", "-p", provider, "-o", "out", "-j", "8", "-q"];
    const config = ["--config", file(folder, "limits.yaml")];
    const run = await asrInProcess([...words, ...config], { cwd: folder, env });
    const numbers = Array.from({ length: count }, (_, index) => index + 1);
    const refused = vendor.requests.filter(wasRefused);
    expect(run).toMatchObject({ code: 0, stderr: "" });
    expect(await resultsOf(folder)).toEqual(
      Object.fromEntries(numbers.map((number) => [`${number}.txt`, `file ${number}\n`])),
    );
    expect(refused.length).toBeGreaterThan(0);
    expect(refused.length).toBeLessThanOrEqual(mostRefused);
  },
);

/** Half a minute of noise, for parts of a second. */
async function writeLong(folder: string, name: string): Promise<void> {
  const length = 30 * 16_000;
  const samples = Int16Array.from({ length }, (_, at) => ((at * 7919) % 20_000) - 10_000);
  await writeFile(file(folder, name), new Uint8Array(samples.buffer));
}

it("small recordings do not wait for the parts of large ones", async () => {
  const folder = temporaryFolder();
  await writeInputs(folder, 10);
  for (const name of ["a", "b", "c"]) await writeLong(folder, `in/0-${name}.raw`);
  await writeFile(file(folder, "limits.yaml"), "vendors: { tencent: { concurrency: 4 } }\n");
  const order: ("part" | "small")[] = [];
  const { vendor, env } = await openVendor("tencent-flash", {
    concurrency: 4,
    recognise: async ({ durationMs }) => {
      await setTimeout(LATENCY_MS);
      order.push(durationMs > 200 ? "part" : "small");
      return [{ text: "heard", startMs: 0, endMs: 100 }];
    },
  });
  const words = ["transcribe", "in", "-p", "tencent-flash", "-o", "out", "--split", "1", "-q"];
  const config = ["--config", file(folder, "limits.yaml")];
  const run = await asrInProcess([...words, ...config], { cwd: folder, env });
  expect(run).toMatchObject({ code: 0, stderr: "" });
  expect(vendor.violations).toEqual([]);
  expect(vendor.maxConcurrency()).toBe(4);
  const parts = order.filter((kind) => kind === "part").length;
  expect(parts).toBeGreaterThanOrEqual(90);
  const partsBefore = order.slice(0, order.lastIndexOf("small")).filter((kind) => kind === "part");
  expect(partsBefore.length).toBeLessThan(parts / 2);
});
