/** One voice at the vendor: slices in order, each awaited, the same one again where that helps. */
import { AsrError } from "../../../errors.ts";
import { bytesBody } from "../../../http/body.ts";
import type { Place } from "../../../http/limiter.ts";
import { SLICE_TIMEOUTS } from "../../../http/timeouts.ts";
import type { ProviderContext } from "../../contract.ts";
import { secretsOf, tencentAccount } from "../account.ts";
import { tencentAddress } from "../address.ts";
import { rowOf } from "../codes.ts";
import { signedPost } from "../signed-post.ts";
import { readSliceAnswer, type SliceAnswer } from "./answer.ts";
import { DUPLICATE_SLICE, REALTIME_API } from "./codes.ts";
import { MAX_SLICE_REPEATS, SIGNATURE_SECONDS } from "./limits.ts";
import type { RealtimePlan } from "./request.ts";
import type { Slice } from "./slices.ts";

/** The voice can't go on: it must begin again under a new voice_id, with all of its audio. */
export class VoiceLost extends Error {
  override readonly name = "VoiceLost";
  override readonly cause: AsrError;

  constructor(cause: AsrError) {
    super("the voice is lost");
    this.cause = cause;
  }
}

export interface Voice {
  readonly voiceId: string;
  /** Requests sent so far, repeats among them. */
  requestCount(): number;
  /** How much of the audio was sent so far, each slice counted once. */
  sentMs(): number;
  /** Of the last answer. */
  dateHeader(): string | undefined;
  /**
   * Sends the next slice.
   *
   * @returns undefined where the slice arrived and its answer was lost.
   * @throws VoiceLost; AsrError; the signal's reason.
   */
  send(slice: Slice): Promise<SliceAnswer | undefined>;
}

/**
 * @param place Of the account; told when the vendor says "too many".
 * @param offsetMs How far the vendor's clock is ahead.
 */
export function openVoice(
  plan: RealtimePlan,
  context: ProviderContext,
  place: Place,
  offsetMs: number,
): Voice {
  const { http, clock, signal, log, randomBytes } = context;
  const account = tencentAccount(context.account);
  const address = tencentAddress(context.account);
  const path = `/asr/v1/${account.appId}`;
  const voiceId = Buffer.from(randomBytes(8)).toString("hex");
  let nextSeq = 0;
  let requestCount = 0;
  let sentMs = 0;
  let date: string | undefined;

  /** Whatever happens, a slice is repeated under the same URL and signature (official SDK). */
  function signed({ bytes, isLast }: Slice, seq: number) {
    const timestamp = Math.floor((clock.now() + offsetMs) / 1000);
    const query = {
      ...plan.query,
      voice_id: voiceId,
      seq: String(seq),
      end: isLast ? "1" : "0",
      timestamp: String(timestamp),
      expired: String(timestamp + SIGNATURE_SECONDS),
      nonce: nonceOf(randomBytes(4)),
    };
    return signedPost(account, address, path, query, bytesBody(bytes));
  }

  return {
    voiceId,
    requestCount: () => requestCount,
    sentMs: () => sentMs,
    dateHeader: () => date,
    async send(slice) {
      const seq = nextSeq++;
      const { request, signature } = signed(slice, seq);
      try {
        return await http.send({
          origin: address.origin,
          // A repeat is recognised by voice_id and seq: nothing is billed twice.
          paid: false,
          signal,
          log,
          secrets: [...secretsOf(account), signature],
          timeouts: SLICE_TIMEOUTS,
          maxRepeats: MAX_SLICE_REPEATS,
          build() {
            requestCount++;
            sentMs = slice.endMs;
            return request;
          },
          async read(response, attempt) {
            date = response.headers.date;
            try {
              return await readSliceAnswer(response, { voiceId, seq }, plan.encodings);
            } catch (error) {
              if (isCode(error, DUPLICATE_SLICE) && attempt > 1) return undefined;
              if (error instanceof AsrError && error.kind === "quota" && error.retryable) {
                place.slowDown(error.details.retryAfterMs);
              }
              throw error;
            }
          },
        });
      } catch (error) {
        throw isLost(error) ? new VoiceLost(error) : error;
      }
    },
  };
}

export function isCode(error: unknown, code: number): error is AsrError {
  return error instanceof AsrError && error.details.vendorCode === code;
}

function isLost(error: unknown): error is AsrError {
  if (!(error instanceof AsrError)) return false;
  const { vendorCode } = error.details;
  return typeof vendorCode === "number" && rowOf(REALTIME_API, vendorCode)?.recovery === "voice";
}

/** A positive integer of at most 10 digits (document, `nonce`). */
function nonceOf(bytes: Uint8Array): string {
  return String(Math.max(1, Buffer.from(bytes).readUInt32LE(0)));
}
