/** Error codes of Tencent realtime over HTTP (document, "返回码"; 113 and up: newer document). */
import type { CodedApi, CodeRow } from "../codes.ts";

/** What to do about a code besides giving up. */
export interface RealtimeCodeRow extends CodeRow {
  /**
   * "slice": send the same slice again; "voice": begin again under a new voice_id and send all of
   * its audio (official SDK); "arrived": after a repeat of ours, go on.
   */
  readonly recovery?: "slice" | "voice" | "arrived";
}

export const SIGNATURE_REFUSED = 107;
/** A slice that the vendor has already. */
export const DUPLICATE_SLICE = 127;

const LATER = "try again later";
const KEYS = "check TENCENTCLOUD_APPID, TENCENTCLOUD_SECRET_ID and TENCENTCLOUD_SECRET_KEY";
const TEMPLATE = "check --set template_name, or leave it out";
const SPEECH_CONSOLE = "https://console.cloud.tencent.com/asr";
const SUPPORT = "try again; if it stays, ask Tencent Cloud's support, with the voice_id";

const sameSlice = (meaning: string): RealtimeCodeRow => ({
  kind: "network",
  meaning,
  hint: LATER,
  retryable: true,
  recovery: "slice",
});

const newVoice = (meaning: string): RealtimeCodeRow => ({
  kind: "network",
  meaning,
  hint: LATER,
  recovery: "voice",
});

/** In the newer document, which does not say more of it. */
const unexplained: RealtimeCodeRow = {
  kind: "recognition",
  meaning: "the recognition failed",
  hint: SUPPORT,
};

export const REALTIME_API: CodedApi<RealtimeCodeRow> = {
  id: "tencent-realtime",
  name: "Tencent realtime",
  codes: {
    100: sameSlice("the slice's data could not be read"),
    101: {
      kind: "recognition",
      meaning: "the slice is too large",
      hint: "look for a gateway in between that changes requests",
    },
    102: {
      kind: "recognition",
      meaning: "a parameter is not valid",
      hint: "look at --set and -m; the vendor's message may name the parameter",
    },
    103: sameSlice("the vendor's database could not be reached"),
    104: { kind: "credentials", meaning: "the AppID is not known", hint: KEYS, stopsBatch: true },
    105: { kind: "usage", meaning: "the template does not exist", hint: TEMPLATE },
    106: { kind: "usage", meaning: "the template is disabled", hint: TEMPLATE },
    [SIGNATURE_REFUSED]: {
      kind: "credentials",
      meaning: "the signature was refused",
      hint: KEYS,
      stopsBatch: true,
    },
    108: {
      kind: "credentials",
      meaning: "the vendor could not build the text to check the signature against",
      hint: "check signedHost and the address (baseUrl), and the keys",
      stopsBatch: true,
    },
    109: sameSlice("the vendor found no server for the slice"),
    110: newVoice("the recogniser behind failed"),
    111: sameSlice("the recogniser behind answered nonsense"),
    112: { kind: "audio", meaning: "the slice is empty", hint: "check that there is audio" },
    113: newVoice("the voice was lost"),
    114: unexplained,
    115: unexplained,
    116: {
      kind: "quota",
      meaning: "no free quota is left",
      hint: `buy a package, or turn on paying by use, at ${SPEECH_CONSOLE}`,
      stopsBatch: true,
    },
    117: unexplained,
    118: {
      kind: "quota",
      meaning: "too many requests of this account",
      hint: "lower --concurrency, or buy more at https://buy.cloud.tencent.com/asr",
      retryable: true,
      recovery: "slice",
    },
    119: {
      kind: "quota",
      meaning: "the account is in arrears",
      hint: "pay in at https://console.cloud.tencent.com/expense/overview",
      stopsBatch: true,
    },
    120: unexplained,
    121: newVoice("the voice was lost"),
    122: unexplained,
    123: newVoice("the voice was lost"),
    124: newVoice("the voice was lost"),
    125: newVoice("the voice was lost"),
    126: newVoice("the voice was lost"),
    [DUPLICATE_SLICE]: {
      kind: "recognition",
      meaning: "the slice was there already",
      hint: SUPPORT,
      recovery: "arrived",
    },
  },
};
