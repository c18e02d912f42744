/** One request on its way through a double, and what a vendor's code may ask of it. */
import type { IncomingMessage } from "node:http";
import type { DoubleClock } from "./clock.ts";
import type { Fault, LateFault } from "./faults.ts";
import type { Recorder, RecordFilter, RequestRecord } from "./recorder.ts";
import type { RequestUrl } from "./request-url.ts";

/** A rule that the vendor enforces was broken. */
export class Refusal extends Error {
  readonly code: number;
  /** False where the client could not know better (a fault's doing): no violation is noted. */
  readonly blame: boolean;
  readonly headers: Readonly<Record<string, string>>;
  /** Other HTTP status than the vendor's table gives for the code. */
  readonly status: number | undefined;

  constructor(
    code: number,
    reason: string,
    details: { blame?: boolean; headers?: Record<string, string>; status?: number } = {},
  ) {
    super(reason);
    this.code = code;
    this.blame = details.blame ?? true;
    this.headers = details.headers ?? {};
    this.status = details.status;
  }
}

/** The double breaks the connection. */
export class Cut extends Error {}
/** The client broke the connection. */
export class ClientLeft extends Error {}
/** A fault answers before the body has been read. */
export class EarlyAnswer extends Error {
  readonly fault: Extract<LateFault, { kind: "status" | "code" }>;

  constructor(fault: EarlyAnswer["fault"]) {
    super("answered before the body was read");
    this.fault = fault;
  }
}

export class Exchange {
  readonly record: RequestRecord;
  readonly url: RequestUrl;
  readonly clock: DoubleClock;
  readonly #request: IncomingMessage;
  readonly #recorder: Recorder;
  readonly #faults: readonly Fault[];
  /** Settles when the connection is gone. */
  readonly gone: Promise<unknown>;

  constructor(parts: {
    record: RequestRecord;
    url: RequestUrl;
    clock: DoubleClock;
    request: IncomingMessage;
    recorder: Recorder;
    faults: readonly Fault[];
    gone: Promise<unknown>;
  }) {
    this.record = parts.record;
    this.url = parts.url;
    this.clock = parts.clock;
    this.#request = parts.request;
    this.#recorder = parts.recorder;
    this.#faults = parts.faults;
    this.gone = parts.gone;
  }

  header(name: string): string | undefined {
    return this.record.headers[name];
  }

  /** Notes a broken rule without refusing the request for it. */
  note(text: string): void {
    this.#recorder.violate(this.record, text);
  }

  /** How many requests of a kind were open when this one arrived, itself included. */
  openAtArrival(filter: RecordFilter): number {
    const arrival = this.record.openedAt;
    return this.#recorder.requests.filter(
      (other) =>
        filter(other) && other.openedAt <= arrival && (other.closedAt ?? Infinity) > arrival,
    ).length;
  }

  /** Requests that arrived before this one and are still open. */
  earlierOpen(filter: RecordFilter): RequestRecord[] {
    const open = this.#recorder.openRequests();
    return open.filter((other) => other.index < this.record.index && filter(other));
  }

  /**
   * Reads the body to its end, piece by piece, as the faults allow.
   *
   * @throws Cut, ClientLeft, EarlyAnswer
   */
  async readBody(sink: (chunk: Buffer) => void): Promise<void> {
    const pieces: AsyncIterable<Buffer> = this.#request.iterator({ destroyOnReturn: false });
    try {
      await this.#strike();
      for await (const piece of pieces) {
        this.record.bodySizeBytes += piece.length;
        sink(piece);
        await this.#strike();
      }
    } catch (error) {
      if (error instanceof Cut || error instanceof EarlyAnswer) throw error;
      throw new ClientLeft("the client broke off", { cause: error });
    }
    this.#recorder.changed(this.record);
  }

  async #strike(): Promise<void> {
    const readBytes = this.record.bodySizeBytes;
    this.#recorder.changed(this.record);
    for (const fault of this.#faults) {
      if (fault.kind === "cut-request" && readBytes >= fault.afterBytes) {
        throw new Cut("cut in the request body");
      }
      if (fault.kind === "hold-request" && readBytes >= (fault.afterBytes ?? 0)) {
        await Promise.race([fault.until, this.gone]);
      }
      const answers = fault.kind === "status" || fault.kind === "code";
      if (answers && readBytes >= (fault.afterBodyBytes ?? Infinity)) throw new EarlyAnswer(fault);
    }
  }
}
