/** Records every exchange that goes through a transport. */
import { randomBytes } from "node:crypto";
import { isLoopback } from "../guard.ts";
import type { Transport } from "../transport.ts";
import { claimFolder, FACTS_NAME, LIVE_NAME, replaceFile, writeExchange } from "./files.ts";
import { RecordingExchange } from "./recording-exchange.ts";
import type { Party } from "./rules.ts";
import { type ExchangeRecord, type Facts, SCHEMA_VERSION } from "./schema.ts";
import { Scrubber } from "./scrub.ts";

const PRIVACY =
  "these files hold what was said in the recordings, and digests of them: keep them as you keep the audio";

export interface RecordingRequest {
  /** Absolute. */
  readonly folder: string;
  /** Replaces what is recorded there. */
  readonly force: boolean;
  readonly asrVersion: string;
  /** The command that asks: "transcribe". */
  readonly command: string;
  /** What is asked for, by config keys; no secrets. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** The network. */
  readonly transport: Transport;
}

export interface Recorder {
  /** The network, recorded under the name and by the rules of a provider. */
  transportFor(party: Party): Transport;
  /** Asked at the end for what a live job wants to know when it is replayed (`live.json`). */
  noteLive(value: () => object): void;
}

/**
 * @throws AsrError kind "usage" where the folder holds a recording, "output" where it can't be
 *   written. Later on the first failure to write is thrown by the next request, and by `close`.
 */
export async function openRecorder(options: RecordingRequest): Promise<Recorder> {
  const { folder, force, asrVersion, command, settings, now } = options;
  const facts: Facts = {
    schema_version: SCHEMA_VERSION,
    asr_version: asrVersion,
    recorded_at: new Date(now()).toISOString(),
    recorded_by: command,
    privacy: PRIVACY,
    ...(settings === undefined ? {} : { settings }),
  };
  await claimFolder(folder, facts, force);
  return new FolderRecorder(options, facts);
}

class FolderRecorder implements Recorder {
  readonly #options: RecordingRequest;
  readonly #facts: Facts;
  readonly #startedMs = performance.now();
  /** Tells its calls from those of another process. */
  readonly #run = randomBytes(2).toString("hex");
  readonly #calls = new WeakMap<object, { readonly id: string; tries: number }>();
  readonly #scrubber = new Scrubber([]);
  readonly #writing = new Set<Promise<void>>();
  #liveNote: (() => object) | undefined;
  #count = 0;
  #callCount = 0;
  #writtenCount = 0;
  #isSynthetic = true;
  #failure: { readonly error: unknown } | undefined;
  #closing: Promise<void> | undefined;

  constructor(options: RecordingRequest, facts: Facts) {
    this.#options = options;
    this.#facts = facts;
  }

  transportFor(party: Party): Transport {
    for (const secret of Object.values(party.credentials)) this.#scrubber.learn(secret);
    return {
      send: async (request, options) => {
        if (this.#failure !== undefined) throw this.#failure.error;
        const number = String(++this.#count).padStart(4, "0");
        const call = this.#callOf(options.call ?? {});
        const synthetic = isLoopback(request.url.hostname);
        const exchange = new RecordingExchange(request, options.signal, {
          party,
          scrubber: this.#scrubber,
          nowMs: () => Math.round(performance.now() - this.#startedMs),
          onDone: (recorded) => {
            const { identifier, ...rest } = recorded;
            this.#isSynthetic &&= synthetic;
            this.#write(`${number}-${party.provider}-${recorded.request.name}`, {
              schema_version: SCHEMA_VERSION,
              provider: party.provider,
              synthetic,
              ...call,
              credentials: namesOf(party),
              ...(identifier === undefined ? {} : { identifier }),
              ...rest,
            });
          },
        });
        return exchange.send(this.#options.transport, options);
      },
      close: () => {
        this.#closing ??= this.#close();
        return this.#closing;
      },
    };
  }

  noteLive(value: () => object): void {
    this.#liveNote = value;
  }

  #callOf(key: object): { readonly call: string; readonly try: number } {
    const known = this.#calls.get(key) ?? { id: `${this.#run}-${++this.#callCount}`, tries: 0 };
    this.#calls.set(key, known);
    known.tries++;
    return { call: known.id, try: known.tries };
  }

  #write(name: string, record: ExchangeRecord): void {
    const writing = writeExchange(this.#options.folder, name, record)
      .then(
        () => {
          this.#writtenCount++;
        },
        (error: unknown) => {
          this.#failure ??= { error };
        },
      )
      .finally(() => this.#writing.delete(writing));
    this.#writing.add(writing);
  }

  async #close(): Promise<void> {
    await this.#options.transport.close();
    // An answer that was cut off by the end is written a moment later.
    await new Promise((resolve) => setImmediate(resolve));
    while (this.#writing.size > 0) await Promise.all(this.#writing);
    if (this.#failure !== undefined) throw this.#failure.error;
    const { folder } = this.#options;
    if (this.#liveNote !== undefined) await replaceFile(folder, LIVE_NAME, this.#liveNote());
    const counted = { exchanges: this.#writtenCount, synthetic: this.#isSynthetic };
    await replaceFile(folder, FACTS_NAME, {
      ...this.#facts,
      ...(this.#writtenCount === 0 ? { exchanges: 0 } : counted),
    });
  }
}

function namesOf({ credentials }: Party): string[] {
  return Object.entries(credentials).flatMap(([name, value]) => (value === "" ? [] : [name]));
}
