/** What can go wrong with one request, as data, and the plan that says with which. */
import type { EventFormat } from "./event-stream.ts";
import type { JsonObject } from "./json/values.ts";
import type { RequestRecord } from "./recorder.ts";

/** Faults that strike before the request has been judged. */
export type EarlyFault =
  /** Breaks the connection after so many bytes of the request body. */
  | { readonly kind: "cut-request"; readonly afterBytes: number }
  /** Reads no further than `afterBytes` of the body until the gate opens. */
  | {
      readonly kind: "hold-request";
      readonly until: Promise<unknown>;
      readonly afterBytes?: number;
    }
  /** Sets the vendor's clock, from this request on. */
  | { readonly kind: "clock-skew"; readonly skewMs: number }
  /** Kills every token that was issued, before this request is judged (Feishu, Lark). */
  | { readonly kind: "expire-tokens" };

interface Refusing {
  /** True: the vendor did the work, and then failed. Default false: nothing changed there. */
  readonly processed?: boolean;
  /** Answers as soon as so many bytes of the body were read, and reads no more. */
  readonly afterBodyBytes?: number;
}

/** Faults of the answer. A request that breaks a rule still gets the vendor's own refusal. */
export type LateFault =
  /** An HTTP answer of no vendor's making: 429, 503 with a page, 302. */
  | (Refusing & {
      readonly kind: "status";
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: string;
    })
  /** One of the vendor's error codes in the vendor's own shape (StepFun: the HTTP status). */
  | (Refusing & {
      readonly kind: "code";
      readonly code: number;
      readonly message?: string;
      /** Beside the vendor's own, e.g. x-ogw-ratelimit-reset. */
      readonly headers?: Readonly<Record<string, string>>;
      /** Other than the vendor's table has for the code. */
      readonly status?: number;
    })
  /** Breaks the connection before the answer; the request was worked on unless said otherwise. */
  | { readonly kind: "cut-before-answer"; readonly processed?: boolean }
  /** Breaks the connection after so many bytes of the answer's body. */
  | { readonly kind: "cut-answer"; readonly afterBytes: number }
  /** Ends the answer properly, but after so many bytes of its body. */
  | { readonly kind: "end-answer"; readonly afterBytes: number }
  /** Sends no more than the first bytes, or events, until the gate opens; default nothing at all. */
  | {
      readonly kind: "hold-answer";
      readonly until: Promise<unknown>;
      readonly afterBytes?: number;
      readonly afterEvents?: number;
    }
  /** Status 200, but this body. */
  | {
      readonly kind: "replace-answer";
      readonly body: string | Buffer;
      readonly contentType?: string;
    }
  /** A JSON answer of about this size, never held whole. */
  | { readonly kind: "huge-answer"; readonly sizeBytes: number }
  /** Overwrites fields of a JSON answer: another voice_id, another seq. */
  | { readonly kind: "merge-answer"; readonly fields: JsonObject }
  /** Writes the answer's body in pieces of this size. */
  | { readonly kind: "pieces"; readonly sizeBytes: number }
  /** Ends every write inside a UTF-8 character where there is one. */
  | { readonly kind: "split-characters" }
  /** Another dress of the same events. */
  | { readonly kind: "event-format"; readonly format: EventFormat }
  /** Only the first events; then the stream ends as if all were well. */
  | { readonly kind: "end-events"; readonly afterEvents: number }
  /** An `error` event instead of the rest. */
  | { readonly kind: "error-event"; readonly afterEvents: number; readonly message: string };

export type Fault = EarlyFault | LateFault;
export type FaultKind = Fault["kind"];

const EARLY_KINDS: ReadonlySet<FaultKind> = new Set([
  "cut-request",
  "hold-request",
  "clock-skew",
  "expire-tokens",
]);

export function isEarly(fault: Fault): fault is EarlyFault {
  return EARLY_KINDS.has(fault.kind);
}

/** Faults after which the client still holds the whole, true answer. */
const HARMLESS_KINDS: ReadonlySet<FaultKind> = new Set([
  "hold-request",
  "hold-answer",
  "clock-skew",
  "expire-tokens",
  "pieces",
  "split-characters",
  "event-format",
]);

/** Whether the client got this request's true answer, all of it. */
export function answeredWhole(record: RequestRecord): boolean {
  return record.outcome === "answered" && record.faults.every((kind) => HARMLESS_KINDS.has(kind));
}

/** One line of a plan. An index strikes once; the others whenever they match, or `times` times. */
export type PlannedFault =
  | { readonly at: number; readonly fault: Fault }
  | {
      readonly at: (request: RequestRecord) => boolean;
      readonly fault: Fault;
      readonly times?: number;
    }
  /** Looks at the parsed JSON body too, so only faults of the answer can be chosen here. */
  | {
      readonly whenBody: (body: unknown, request: RequestRecord) => boolean;
      readonly fault: LateFault;
      readonly times?: number;
    };

/** A function is asked once a request, when its head has arrived. */
export type FaultPlan =
  | readonly PlannedFault[]
  | ((request: RequestRecord) => readonly Fault[] | Fault | undefined);

/** Keeps count of what has struck. */
export class FaultDesk {
  readonly #plan: FaultPlan;
  readonly #struck = new Map<PlannedFault, number>();

  constructor(plan: FaultPlan = []) {
    this.#plan = plan;
  }

  /** Faults that the head of a request alone decides. */
  atHead(request: RequestRecord): Fault[] {
    if (typeof this.#plan === "function") {
      const chosen = this.#plan(request) ?? [];
      return "kind" in chosen ? [chosen] : [...chosen];
    }
    return this.#plan.flatMap((planned) => {
      if (!("at" in planned)) return [];
      const matches =
        typeof planned.at === "number" ? planned.at === request.index : planned.at(request);
      return matches && this.#mayStrike(planned) ? [planned.fault] : [];
    });
  }

  /** Faults that needed the body. */
  atBody(request: RequestRecord): LateFault[] {
    if (typeof this.#plan === "function") return [];
    return this.#plan.flatMap((planned) =>
      "whenBody" in planned && planned.whenBody(request.body, request) && this.#mayStrike(planned)
        ? [planned.fault]
        : [],
    );
  }

  #mayStrike(planned: PlannedFault): boolean {
    const most = "times" in planned ? (planned.times ?? Number.POSITIVE_INFINITY) : Infinity;
    const struck = this.#struck.get(planned) ?? 0;
    if (struck >= most) return false;
    this.#struck.set(planned, struck + 1);
    return true;
  }
}
