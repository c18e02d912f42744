/** The one HTTP client of a run, as the settings have it. Opens nothing until the first request. */
import { readFile } from "node:fs/promises";
import { systemCode, usageError } from "../errors.ts";
import { createHttpClient, type HttpClient } from "../http/client.ts";
import { systemClock } from "../http/clock.ts";
import { createLimiter } from "../http/local-limiter.ts";
import { createTransport } from "../http/undici-transport.ts";

export { systemClock } from "../http/clock.ts";

export interface NetworkSettings {
  readonly proxy?: string;
  readonly caFile?: string;
  /** Read for the proxy variables. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly retries: number;
  readonly timeoutSeconds?: number;
  /** In [0, 1): jitters the waits between repeats. */
  readonly random: () => number;
}

/** @throws AsrError kind "usage" where the certificates can't be read. */
export async function openNetwork(settings: NetworkSettings): Promise<HttpClient> {
  const { proxy, caFile, environment, retries, timeoutSeconds, random } = settings;
  const caPem = caFile === undefined ? undefined : await readCertificates(caFile);
  return createHttpClient({
    transport: createTransport({
      environment,
      ...(proxy === undefined ? {} : { proxy }),
      ...(caPem === undefined ? {} : { caPem }),
    }),
    limiter: createLimiter(systemClock),
    clock: systemClock,
    random,
    maxRepeats: retries,
    ...(timeoutSeconds === undefined ? {} : { silenceMs: timeoutSeconds * 1000 }),
  });
}

async function readCertificates(file: string): Promise<string> {
  try {
    const text = await readFile(file, "utf8");
    if (text.includes("-----BEGIN CERTIFICATE-----")) return text;
    throw usageError(`${file} holds no certificate`, "name a PEM file with --ca-file");
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    throw usageError(
      `can't read the certificates in ${file}`,
      "check --ca-file",
      systemCode(error),
    );
  }
}
