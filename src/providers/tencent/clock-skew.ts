/**
 * Whether this machine's clock is why a signature was refused: `timestamp` must be within three
 * minutes of the vendor's clock (flash document, 3.2).
 */
import { AsrError } from "../../errors.ts";
import { readText } from "../../http/answer.ts";
import { SLICE_TIMEOUTS } from "../../http/timeouts.ts";
import type { Warning } from "../../transcript/transcript.ts";
import type { ProviderContext } from "../contract.ts";
import { tencentAddress } from "./address.ts";

const ALLOWED_MS = 3 * 60 * 1000;
/** `/server_time` may be cut to whole seconds, and the answer was under way for a while. */
const PRECISION_MS = 5000;

/** What a time that was cut to whole seconds lacks on average. */
const HALF_SECOND_MS = 500;

/** What is needed to ask; nothing of it is a secret. */
export type ClockQuestion = Pick<ProviderContext, "http" | "clock" | "signal" | "log" | "account">;

/**
 * How far the vendor's clock is ahead of this machine's, in milliseconds: from `/server_time`
 * (epoch seconds as text; official SDK), else from the Date header of an answer.
 *
 * @returns undefined where neither could be had.
 */
export async function serverOffsetMs(
  { http, clock, signal, log, account }: ClockQuestion,
  dateHeader?: string,
): Promise<number | undefined> {
  const { origin, base } = tencentAddress(account);
  const askedMs = clock.now();
  try {
    const serverMs = await http.send({
      origin,
      paid: false,
      signal,
      log,
      secrets: [],
      timeouts: SLICE_TIMEOUTS,
      maxRepeats: 1,
      build: () => ({ method: "GET", url: new URL(`${base}/server_time`), headers: {} }),
      read: async (response) => epochMs(await readText(response, { limitBytes: 4096 })),
    });
    if (serverMs !== undefined) return Math.round(serverMs - (askedMs + clock.now()) / 2);
  } catch (error) {
    if (!(error instanceof AsrError)) throw error;
    log(`the server's clock can't be asked: ${error.message}`);
  }
  const dateMs = Date.parse(dateHeader ?? "");
  return Number.isNaN(dateMs) ? undefined : dateMs + HALF_SECOND_MS - askedMs;
}

/** Whether a signature of this machine's time is refused for its timestamp. */
export function isSkewed(offsetMs: number): boolean {
  return Math.abs(offsetMs) > ALLOWED_MS - PRECISION_MS;
}

/** For a request that was signed with the vendor's time because ours is wrong. */
export function skewWarning(offsetMs: number): Warning {
  return {
    code: "clock-skew",
    message: `${skewText(offsetMs)}; the request was signed with Tencent's time: set the clock`,
  };
}

/**
 * A refused signature with what the clock has to do with it.
 *
 * @param offsetMs As `serverOffsetMs` gives it.
 */
export function refusalExplained(error: AsrError, offsetMs: number | undefined): AsrError {
  const { reason, ...details } = error.details;
  const why = reason === undefined ? "" : `${reason}; `;
  if (offsetMs === undefined) return error;
  if (!isSkewed(offsetMs)) {
    return new AsrError(error.kind, error.message, {
      ...details,
      reason: `${why}not for the time: this machine's clock agrees with Tencent's`,
    });
  }
  return new AsrError(error.kind, error.message, {
    ...details,
    reason: `${why}${skewText(offsetMs)}`,
    hint: "set this machine's clock; if it is refused still, check the keys",
  });
}

function skewText(offsetMs: number): string {
  const seconds = Math.round(Math.abs(offsetMs) / 1000);
  return `this machine's clock is ${seconds} s ${offsetMs > 0 ? "behind" : "ahead of"} Tencent's`;
}

/** Ten digits are this century's seconds: anything else that answers is not the clock. */
function epochMs(text: string): number | undefined {
  const [, seconds, decimals] = /^\s*(\d{10})(\.\d+)?\s*$/.exec(text) ?? [];
  if (seconds === undefined) return undefined;
  return (
    Number(`${seconds}${decimals ?? ""}`) * 1000 + (decimals === undefined ? HALF_SECOND_MS : 0)
  );
}
