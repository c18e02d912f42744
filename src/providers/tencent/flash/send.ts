/** Sends the one request of Tencent flash, again with the vendor's time where our clock is wrong. */
import { AsrError } from "../../../errors.ts";
import { readJson } from "../../../http/answer.ts";
import { streamBody } from "../../../http/body.ts";
import type { RecognitionEvent } from "../../../transcript/events.ts";
import type { AudioInput, ProviderContext } from "../../contract.ts";
import { secretsOf, tencentAccount } from "../account.ts";
import { tencentAddress } from "../address.ts";
import { type AnswerBody, succeeded } from "../answer.ts";
import { isSkewed, refusalExplained, serverOffsetMs, skewWarning } from "../clock-skew.ts";
import { signedPost } from "../signed-post.ts";
import { FLASH_API, SIGNATURE_REFUSED } from "./codes.ts";
import { isLargeModel } from "./engines.ts";
import { FLASH_LIMITS, LARGE_MODEL_CONCURRENCY } from "./limits.ts";
import type { FlashPlan } from "./request.ts";

export interface FlashAnswer {
  /** With code 0. */
  readonly body: AnswerBody;
  /** How often the audio was sent, repeats among them. */
  readonly requestCount: number;
  readonly possiblyBilledTwice: boolean;
}

/**
 * Uploads the audio and waits for the text. A refused signature costs nothing: where the clock is
 * the reason, the request is sent once more, signed with the vendor's time.
 *
 * @returns what was answered; yields warnings.
 * @throws AsrError
 */
export async function* sendFlash(
  audio: AudioInput,
  plan: FlashPlan,
  context: ProviderContext,
): AsyncGenerator<RecognitionEvent, FlashAnswer> {
  const upload = createUpload(audio, plan, context);
  try {
    const body = yield* sendInTime(upload, context);
    if (upload.possiblyBilledTwice()) yield billedTwice();
    const possiblyBilledTwice = upload.possiblyBilledTwice();
    return { body, requestCount: upload.requestCount(), possiblyBilledTwice };
  } catch (error) {
    if (upload.possiblyBilledTwice()) yield billedTwice();
    throw error;
  }
}

async function* sendInTime(
  upload: Upload,
  context: ProviderContext,
): AsyncGenerator<RecognitionEvent, AnswerBody> {
  try {
    return await upload.send(0);
  } catch (error) {
    if (!isSignatureRefusal(error)) throw error;
    const offsetMs = await serverOffsetMs(context, upload.dateHeader());
    if (offsetMs === undefined || !isSkewed(offsetMs)) throw refusalExplained(error, offsetMs);
    yield { type: "warning", warning: skewWarning(offsetMs) };
    try {
      return await upload.send(offsetMs);
    } catch (again) {
      throw isSignatureRefusal(again) ? refusalExplained(again, offsetMs) : again;
    }
  }
}

interface Upload {
  /** @param offsetMs how far the vendor's clock is ahead. */
  send(offsetMs: number): Promise<AnswerBody>;
  /** Of the last answer. */
  dateHeader(): string | undefined;
  /** Those of which anything was sent; a host that can't be reached gets none. */
  requestCount(): number;
  possiblyBilledTwice(): boolean;
}

function createUpload(audio: AudioInput, plan: FlashPlan, context: ProviderContext): Upload {
  const { http, clock, signal, log } = context;
  const account = tencentAccount(context.account);
  const address = tencentAddress(context.account);
  const path = `/asr/flash/v1/${account.appId}`;
  let requestCount = 0;
  const body = streamBody(sizeOf(audio), (bodySignal) => {
    requestCount++;
    return audio.open(bodySignal, { reuseBuffers: true });
  });
  const secrets = secretsOf(account);
  let date: string | undefined;
  let billedTwice = false;
  return {
    dateHeader: () => date,
    requestCount: () => requestCount,
    possiblyBilledTwice: () => billedTwice,
    send: (offsetMs) =>
      http.send({
        origin: address.origin,
        paid: true,
        signal,
        log,
        secrets,
        account: limitsOf(plan.engine, account.appId, context),
        build() {
          const timestamp = String(Math.floor((clock.now() + offsetMs) / 1000));
          const post = signedPost(account, address, path, { ...plan.query, timestamp }, body);
          secrets.push(post.signature);
          return post.request;
        },
        async read(response) {
          date = response.headers.date;
          return succeeded(FLASH_API, response, await readJson(response));
        },
        onPossiblyBilledTwice: () => {
          billedTwice = true;
        },
      }),
  };
}

function sizeOf({ sizeBytes, reopenable }: AudioInput): number {
  if (sizeBytes !== undefined && reopenable) return sizeBytes;
  throw new AsrError("internal", "audio for Tencent flash needs a size, and must open again");
}

/** Large-model engines are counted on their own. */
function limitsOf(engine: string, appId: string, { account }: ProviderContext) {
  const isLarge = isLargeModel(engine);
  const ownConcurrency = isLarge ? LARGE_MODEL_CONCURRENCY : FLASH_LIMITS.maxConcurrency;
  const { maxConcurrency = ownConcurrency, maxRequestsPerSecond } = account;
  return {
    key: `tencent-flash/${appId}${isLarge ? "/large" : ""}`,
    limit: isLarge ? "tencent-flash/large" : "tencent-flash",
    maxConcurrency,
    ...(maxRequestsPerSecond === undefined ? {} : { maxStartsPerSecond: maxRequestsPerSecond }),
  };
}

function isSignatureRefusal(error: unknown): error is AsrError {
  return error instanceof AsrError && error.details.vendorCode === SIGNATURE_REFUSED;
}

function billedTwice(): RecognitionEvent {
  return {
    type: "warning",
    warning: {
      code: "possibly-billed-twice",
      message: "an answer was lost and the request repeated: it may be billed twice",
    },
  };
}
