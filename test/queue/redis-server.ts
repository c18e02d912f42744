/** Debian's redis-server, on a free port of this machine, with its data in a folder of its own. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { onTestFinished } from "vitest";
import { selfSigned } from "../http/certificate.ts";
import { closedOrigin } from "../http/loopback.ts";

export interface RedisOptions {
  readonly password?: string;
  /** Speaks TLS only, with a certificate for 127.0.0.1 made for this server. */
  readonly tls?: boolean;
  /** Further directives, such as `{ "maxmemory-policy": "allkeys-lru" }`. */
  readonly directives?: Readonly<Record<string, string>>;
  /** Who ends it. Default: the end of the test; `afterAll` for one server a file. */
  readonly atEnd?: (end: () => Promise<void>) => void;
}

export interface RedisServer {
  readonly port: number;
  /** redis://127.0.0.1:port, or rediss://, without a password. */
  readonly url: string;
  /** The same with the password, where there is one. */
  readonly secretUrl: string;
  /** PEM file of the certificate that it shows; undefined without TLS. */
  readonly caFile?: string;
  /** Starts it again after `stop` or `kill`: the same port, the same data. */
  start(): Promise<void>;
  /** Ends it as an operator would. */
  stop(): Promise<void>;
  /** SIGKILL. What it had answered is in the append-only file. */
  kill(): Promise<void>;
  /** It is there, and does not answer: SIGSTOP; `false` lets it go on. */
  freeze(frozen: boolean): void;
}

/** Starts a server with an append-only file; it takes commands when this resolves. */
export async function openRedis(options: RedisOptions = {}): Promise<RedisServer> {
  const { password, tls = false, directives = {}, atEnd = onTestFinished } = options;
  const folder = mkdtempSync(path.join(tmpdir(), "asr-redis-"));
  const port = Number(new URL(await closedOrigin()).port);
  const caFile = path.join(folder, "certificate.pem");
  const keyFile = path.join(folder, "key.pem");
  if (tls) {
    const identity = selfSigned({ addresses: ["127.0.0.1"], names: ["localhost"] });
    writeFileSync(caFile, identity.cert);
    writeFileSync(keyFile, identity.key, { mode: 0o600 });
  }
  const config = {
    bind: "127.0.0.1",
    dir: folder,
    save: '""',
    appendonly: "yes",
    "maxmemory-policy": "noeviction",
    port: tls ? "0" : `${port}`,
    ...(tls
      ? {
          "tls-port": `${port}`,
          "tls-cert-file": caFile,
          "tls-key-file": keyFile,
          "tls-ca-cert-file": caFile,
          "tls-auth-clients": "no",
        }
      : {}),
    ...(password === undefined ? {} : { requirepass: `"${password}"` }),
    ...directives,
  };
  const configFile = path.join(folder, "redis.conf");
  const lines = Object.entries(config).map(([name, value]) => `${name} ${value}\n`);
  writeFileSync(configFile, lines.join(""), { mode: 0o600 });
  let server: ChildProcess | undefined;

  async function start(): Promise<void> {
    server = spawn("redis-server", [configFile], { stdio: ["ignore", "pipe", "inherit"] });
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    let said = "";
    server.stdout?.setEncoding("utf8").on("data", (text: string) => {
      said += text;
      if (said.includes("Ready to accept connections")) resolve();
    });
    server.once("error", reject);
    server.once("exit", () => reject(new Error(`redis-server did not start:\n${said}`)));
    await promise;
  }

  async function end(signal: NodeJS.Signals): Promise<void> {
    const ending = server;
    server = undefined;
    if (ending === undefined || ending.exitCode !== null) return;
    const gone = once(ending, "exit");
    ending.kill(signal);
    await gone;
  }

  atEnd(async () => {
    await end("SIGKILL");
    rmSync(folder, { recursive: true, force: true });
  });
  await start();
  const scheme = tls ? "rediss" : "redis";
  return {
    port,
    url: `${scheme}://127.0.0.1:${port}`,
    secretUrl: `${scheme}://${password === undefined ? "" : `:${encodeURIComponent(password)}@`}127.0.0.1:${port}`,
    ...(tls ? { caFile } : {}),
    start,
    stop: () => end("SIGTERM"),
    kill: () => end("SIGKILL"),
    freeze: (frozen) => void server?.kill(frozen ? "SIGSTOP" : "SIGCONT"),
  };
}
