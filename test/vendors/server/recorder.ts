/** Everything that arrived at a double, in order, for tests to look at. */
import type { WallClock } from "./clock.ts";
import type { FaultKind } from "./faults.ts";
import type { RequestUrl } from "./request-url.ts";

/** Audio as it arrived. */
export interface ReceivedAudio {
  /** What the bytes are by their own signature; "pcm" where they carry none. */
  readonly container: string;
  readonly sizeBytes: number;
  /** Hexadecimal SHA-256 of the audio's bytes (base64 already undone). */
  readonly sha256: string;
  /** Known for wav by its header, for pcm by what the request said. */
  readonly sampleRate?: number;
  readonly channels?: number;
  readonly durationMs?: number;
  /** Only with the double's `keepAudio`. */
  readonly bytes?: Buffer;
}

/** "cut": the double broke the connection; "client-left": the client did. */
export type Outcome = "open" | "answered" | "cut" | "client-left";

export interface RequestRecord {
  /** Order of arrival at this double, from 0. */
  readonly index: number;
  /** Order of arrival on this path, from 0. */
  readonly indexOnPath: number;
  readonly method: string;
  /** The request target as it came. */
  readonly url: string;
  /** Without query and gateway prefix. */
  readonly path: string;
  /** Decoded query parameters. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  /** JSON bodies; the audio inside is replaced by an empty string. */
  body?: unknown;
  /** Bytes of the request body that were read. */
  bodySizeBytes: number;
  audio?: ReceivedAudio;
  /** HTTP status sent, once it is. */
  status?: number;
  /** The vendor's code in the answer: 0 for success; StepFun: the HTTP status of an error. */
  code?: number;
  readonly faults: FaultKind[];
  /** Ticks of one counter of the double: only their order means something. */
  readonly openedAt: number;
  closedAt?: number;
  /** Wall clock of the double at arrival, in milliseconds. */
  readonly openedAtMs: number;
  closedAtMs?: number;
  outcome: Outcome;
}

export type RecordFilter = (record: RequestRecord) => boolean;

interface Watcher {
  readonly filter: RecordFilter;
  readonly found: (record: RequestRecord) => void;
}

export class Recorder {
  readonly requests: RequestRecord[] = [];
  readonly violations: string[] = [];
  readonly #wall: WallClock;
  readonly #countOnPath = new Map<string, number>();
  readonly #open = new Set<RequestRecord>();
  #tick = 0;
  #watchers: Watcher[] = [];

  constructor(wall: WallClock) {
    this.#wall = wall;
  }

  open(
    method: string,
    target: string,
    url: RequestUrl,
    headers: Readonly<Record<string, string>>,
  ): RequestRecord {
    const indexOnPath = this.#countOnPath.get(url.path) ?? 0;
    this.#countOnPath.set(url.path, indexOnPath + 1);
    const record: RequestRecord = {
      index: this.requests.length,
      indexOnPath,
      method,
      url: target,
      path: url.path,
      parameters: url.parameters,
      headers,
      bodySizeBytes: 0,
      faults: [],
      openedAt: this.#tick++,
      openedAtMs: this.#wall(),
      outcome: "open",
    };
    this.requests.push(record);
    this.#open.add(record);
    this.changed(record);
    return record;
  }

  /** Requests that are still open, in order of arrival. */
  openRequests(): RequestRecord[] {
    return [...this.#open];
  }

  /** Ends a record; the first outcome stays. */
  close(record: RequestRecord, outcome: Outcome): void {
    if (record.outcome !== "open") return;
    record.outcome = outcome;
    this.#open.delete(record);
    record.closedAt = this.#tick++;
    record.closedAtMs = this.#wall();
    this.changed(record);
  }

  /** Notes a broken rule against a request. */
  violate(record: RequestRecord, text: string): void {
    this.violations.push(`#${record.index} ${record.method} ${record.path}: ${text}`);
  }

  /** Wakes whoever waits for a record to look like this one. */
  changed(record: RequestRecord): void {
    const woken = this.#watchers.filter((watcher) => watcher.filter(record));
    this.#watchers = this.#watchers.filter((watcher) => !woken.includes(watcher));
    for (const watcher of woken) watcher.found(record);
  }

  /** The first record that passes the filter, now or later. */
  waitFor(filter: RecordFilter): Promise<RequestRecord> {
    const known = this.requests.find(filter);
    if (known !== undefined) return Promise.resolve(known);
    return new Promise((found) => this.#watchers.push({ filter, found }));
  }
}
