/** The network of a run, as the settings have it: the real one, recorded or replayed. */
import { readFile } from "node:fs/promises";
import { systemCode, usageError } from "../errors.ts";
import type { Cassette } from "../http/cassette/cassette.ts";
import type { Recorder } from "../http/cassette/recorder.ts";
import type { ReplaySpeed } from "../http/cassette/replay-clock.ts";
import type { ExchangeRules, Party } from "../http/cassette/rules.ts";
import { createHttpClient, type HttpClient } from "../http/client.ts";
import { type Clock, systemClock } from "../http/clock.ts";
import type { Limiter } from "../http/limiter.ts";
import { createLimiter, openLimiter } from "../http/local-limiter.ts";
import type { Transport } from "../http/transport.ts";
import { createTransport } from "../http/undici-transport.ts";
import { numberedBytes } from "./numbered-bytes.ts";

export { pause, systemClock } from "../http/clock.ts";

export interface NetworkSettings {
  readonly proxy?: string;
  readonly caFile?: string;
  /** Read for the proxy variables. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly retries: number;
  readonly timeoutSeconds?: number;
  /** Cryptographically strong bytes. */
  readonly randomBytes: (count: number) => Uint8Array;
  /** Where exchanges are recorded. */
  readonly record?: RecordSettings;
  /** What answers instead of vendors. */
  readonly replay?: Cassette;
  /** Of an account, where several networks share it ({@link accountLimiter}). */
  readonly limiter?: Limiter;
}

export interface RecordSettings {
  /** Absolute. */
  readonly folder: string;
  readonly force: boolean;
  readonly asrVersion: string;
  readonly command: string;
  /** What is asked for, by config keys. */
  readonly settings?: Readonly<Record<string, unknown>>;
}

/** The limits of accounts, for networks that share them. */
export function accountLimiter(): Limiter {
  return createLimiter(systemClock);
}

/** Who asks: a provider with the user's account there. */
export type Asking = Omit<Party, "rules"> & { readonly rules?: ExchangeRules };

export interface Network {
  /** The network as a provider sees it. Clients of a run share limits and connections. */
  clientFor(asking: Asking): HttpClient;
  /** Of a replay the time of the recording. */
  readonly clock: Clock;
  /** Of a replay the same in each run, so that its results can be compared. */
  readonly randomBytes: (count: number) => Uint8Array;
  readonly recorder?: Recorder;
  readonly cassette?: Cassette;
}

/**
 * Opens nothing to the outside until the first request.
 *
 * @throws AsrError kind "usage" where the certificates can't be read, or a recording is there
 *   already; "output" where it can't be written.
 */
export async function openNetwork(settings: NetworkSettings): Promise<Network> {
  const { replay } = settings;
  return replay === undefined ? vendorNetwork(settings) : replayNetwork(settings, replay);
}

/**
 * Opens a recording, to be given to `openNetwork`; it tells afterwards what was not asked for.
 *
 * @param folder absolute
 * @param speed 1: it takes its time as the vendor did
 * @throws AsrError kind "usage" that names what is missing, damaged or of a newer version
 */
export async function openReplay(folder: string, speed: ReplaySpeed): Promise<Cassette> {
  // Loaded by those alone who replay.
  const { openCassette } = await import("../http/cassette/cassette.ts");
  return openCassette(folder, { speed });
}

async function vendorNetwork(settings: NetworkSettings): Promise<Network> {
  const { proxy, caFile, environment, record, randomBytes } = settings;
  const caPem = caFile === undefined ? undefined : await readCertificates(caFile);
  const transport = createTransport({
    environment,
    ...(proxy === undefined ? {} : { proxy }),
    ...(caPem === undefined ? {} : { caPem }),
  });
  const { limiter = createLimiter(systemClock) } = settings;
  const shared = { limiter, clock: systemClock };
  if (record === undefined) {
    const client = clientOf(settings, transport, shared);
    return { clientFor: () => client, clock: systemClock, randomBytes };
  }
  // Loaded by those alone who record.
  const { openRecorder } = await import("../http/cassette/recorder.ts");
  const recorder = await openRecorder({ ...record, transport, now: systemClock.now });
  return {
    clientFor: perProvider((party) => clientOf(settings, recorder.transportFor(party), shared)),
    clock: systemClock,
    randomBytes,
    recorder,
  };
}

function replayNetwork(settings: NetworkSettings, cassette: Cassette): Network {
  const { clock, speed } = cassette;
  const shared = { limiter: speed === 0 ? openLimiter : createLimiter(clock), clock };
  return {
    clientFor: perProvider((party) => clientOf(settings, cassette.transportFor(party), shared)),
    clock,
    randomBytes: numberedBytes(),
    cassette,
  };
}

/** One client a provider; its rules say what is compared and hidden. */
function perProvider(open: (party: Party) => HttpClient): Network["clientFor"] {
  const clients = new Map<string, HttpClient>();
  return ({ rules = { calls: [], answerHeaders: [] }, ...asking }) => {
    const client = clients.get(asking.provider) ?? open({ ...asking, rules });
    clients.set(asking.provider, client);
    return client;
  };
}

function clientOf(
  { retries, timeoutSeconds, randomBytes }: NetworkSettings,
  transport: Transport,
  shared: { readonly limiter: Limiter; readonly clock: Clock },
): HttpClient {
  return createHttpClient({
    ...shared,
    transport,
    // A float in [0, 1) of 32 random bits: jitters the waits between repeats.
    random: () => new DataView(randomBytes(4).buffer).getUint32(0) / 2 ** 32,
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
