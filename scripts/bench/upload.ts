/**
 * Uploads over the HTTP layer as whole processes, beside curl and an empty Node, in turns:
 *
 *     node scripts/bench/upload.ts [ROUNDS]
 *
 * 100 MB as they are, and a body of 230 MB of JSON with base64 in it, to a server on this machine
 * that only counts. Goals: 200 ms beyond `curl --data-binary` plus Node's own start, and a peak
 * under 110 MB. The client is bundled first, as it is shipped.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { mkdtemp, open, rm } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { base64JsonBody } from "../../src/http/base64-body.ts";
import { type Body, streamBody } from "../../src/http/body.ts";
import { createHttpClient } from "../../src/http/client.ts";
import { systemClock } from "../../src/http/clock.ts";
import { createLimiter } from "../../src/http/local-limiter.ts";
import { createTransport } from "../../src/http/undici-transport.ts";

const PLAIN_BYTES = 100_000_000;
/** As base64 230 MB. */
const BASE64_SOURCE_BYTES = 172_500_000;

/** Reads a file ahead of the network, into a ring of buffers. */
function fileBody(path: string, sizeBytes: number): Body {
  const ring = Array.from({ length: 4 }, () => Buffer.allocUnsafeSlow(256 * 1024));
  return streamBody(sizeBytes, async function* () {
    const file = await open(path);
    try {
      const read = (turn: number) => file.read(ring[turn % ring.length] ?? Buffer.alloc(0));
      let ahead = read(0);
      for (let turn = 1; ; turn++) {
        const { bytesRead, buffer } = await ahead;
        if (bytesRead === 0) return;
        ahead = read(turn);
        yield buffer.subarray(0, bytesRead);
      }
    } finally {
      await file.close();
    }
  });
}

/** One upload; prints what the server counted and the peak of this process in bytes. */
async function runClient(kind: string, path: string, sizeBytes: number, origin: string) {
  const file = fileBody(path, sizeBytes);
  const body = kind === "base64" ? base64JsonBody('{"audio":{"data":"', file, '"}}') : file;
  const client = createHttpClient({
    transport: createTransport({ environment: process.env }),
    limiter: createLimiter(systemClock),
    clock: systemClock,
    random: Math.random,
  });
  const counted = await client.send({
    origin,
    paid: true,
    signal: new AbortController().signal,
    log: () => {},
    secrets: [],
    account: { key: "bench", limit: "bench", maxConcurrency: 1 },
    build: () => ({ method: "POST", url: new URL(origin), headers: {}, body }),
    async read(response) {
      const pieces: Uint8Array[] = [];
      for await (const piece of response.pieces()) pieces.push(piece);
      return Buffer.concat(pieces).toString();
    },
  });
  await client.close();
  process.stdout.write(JSON.stringify({ counted, peakBytes: peakBytes() }));
}

/** maxRSS starts at the parent's size on Linux, where VmHWM is of this program alone. */
function peakBytes(): number {
  try {
    const status = readFileSync("/proc/self/status", "utf8");
    return Number(/^VmHWM:\s*(\d+) kB/m.exec(status)?.[1]) * 1024;
  } catch {
    return process.resourceUsage().maxRSS * 1024;
  }
}

async function runServer() {
  const server = createServer((request, response) => {
    let countedBytes = 0;
    request.on("data", (piece: Buffer) => {
      countedBytes += piece.length;
    });
    request.on("end", () => response.end(`${countedBytes}`));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  process.stdout.write(`${(server.address() as AddressInfo).port}\n`);
}

interface Run {
  readonly wallMs: number;
  readonly output: string;
}

async function run(command: string, args: readonly string[]): Promise<Run> {
  const startedMs = performance.now();
  const child = spawn(command, args, { stdio: ["ignore", "pipe", "inherit"] });
  let output = "";
  child.stdout.on("data", (piece: Buffer) => {
    output += piece.toString();
  });
  const [code] = (await once(child, "close")) as [number | null];
  if (code !== 0) throw new Error(`${command} ${args.join(" ")} ended with ${code}`);
  return { wallMs: performance.now() - startedMs, output };
}

async function writeFile(path: string, sizeBytes: number) {
  const file = await open(path, "w");
  const block = Buffer.alloc(1_000_000, "asr bench \u0000\u00ff");
  for (let left = sizeBytes; left > 0; left -= block.length) {
    await file.write(block, 0, Math.min(left, block.length));
  }
  await file.close();
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

async function drive(rounds: number) {
  const folder = await mkdtemp(join(tmpdir(), "asr-bench-"));
  const bundle = join(folder, "upload.mjs");
  const { build } = await import("esbuild");
  await build({
    entryPoints: [fileURLToPath(import.meta.url)],
    outfile: bundle,
    bundle: true,
    minify: true,
    platform: "node",
    format: "esm",
    target: "node22",
    external: ["esbuild"],
    banner: {
      js: 'import{createRequire}from"node:module";const require=createRequire(import.meta.url);',
    },
  });
  const server = spawn(process.execPath, [bundle, "server"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  try {
    const [port] = (await once(server.stdout, "data")) as [Buffer];
    const origin = `http://127.0.0.1:${Number(port.toString())}`;
    const plain = join(folder, "plain");
    const source = join(folder, "source");
    const text = join(folder, "text");
    await writeFile(plain, PLAIN_BYTES);
    await writeFile(source, BASE64_SOURCE_BYTES);
    await writeFile(text, (BASE64_SOURCE_BYTES / 3) * 4 + 22);
    const curl = (file: string) => ["-sS", "-H", "Expect:", "--data-binary", `@${file}`, origin];
    const ours = (kind: string, file: string, bytes: number) => [
      bundle,
      "client",
      kind,
      file,
      `${bytes}`,
      origin,
    ];
    const contestants: [string, string, string[]][] = [
      ["node -e 0", process.execPath, ["-e", "0"]],
      ["curl --data-binary, 100 MB", "curl", curl(plain)],
      ["curl -T, 100 MB", "curl", ["-sS", "-H", "Expect:", "-T", plain, origin]],
      ["asr, 100 MB", process.execPath, ours("plain", plain, PLAIN_BYTES)],
      ["curl --data-binary, 230 MB", "curl", curl(text)],
      ["curl -T, 230 MB", "curl", ["-sS", "-H", "Expect:", "-T", text, origin]],
      ["asr, 230 MB of base64", process.execPath, ours("base64", source, BASE64_SOURCE_BYTES)],
    ];
    const walls = new Map<string, number[]>();
    const peaks = new Map<string, number[]>();
    for (let round = 0; round < rounds; round++) {
      for (const [name, command, args] of contestants) {
        const { wallMs, output } = await run(command, args);
        walls.set(name, [...(walls.get(name) ?? []), wallMs]);
        if (!name.startsWith("asr")) continue;
        const { counted, peakBytes } = JSON.parse(output) as { counted: string; peakBytes: number };
        const expectedBytes = name.includes("base64")
          ? (BASE64_SOURCE_BYTES / 3) * 4 + 21
          : PLAIN_BYTES;
        if (Number(counted) !== expectedBytes) throw new Error(`the server counted ${counted}`);
        peaks.set(name, [...(peaks.get(name) ?? []), peakBytes]);
      }
    }
    for (const [name, wallsMs] of walls) {
      const peak = peaks.get(name);
      const memory = peak === undefined ? "" : `, peak ${(Math.max(...peak) / 1e6).toFixed(0)} MB`;
      console.log(`${name.padEnd(28)} ${median(wallsMs).toFixed(0).padStart(5)} ms${memory}`);
    }
    const wallOf = (name: string) => median(walls.get(name) ?? []);
    for (const [name, rival] of [
      ["asr, 100 MB", "curl --data-binary, 100 MB"],
      ["asr, 230 MB of base64", "curl --data-binary, 230 MB"],
    ] as const) {
      const beyondMs = wallOf(name) - wallOf(rival) - wallOf("node -e 0");
      console.log(`${name}: ${beyondMs.toFixed(0)} ms beyond curl and Node's start (goal 200)`);
    }
  } finally {
    server.kill();
    await rm(folder, { recursive: true });
  }
}

const [role = "5", ...rest] = process.argv.slice(2);
if (role === "server") await runServer();
else if (role === "client") {
  const [kind = "", path = "", size = "", origin = ""] = rest;
  await runClient(kind, path, Number(size), origin);
} else await drive(Number(role));
