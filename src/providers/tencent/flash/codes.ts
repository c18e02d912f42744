/** Error codes of Tencent flash (document, 5). */
import type { CodedApi } from "../codes.ts";

const SPEECH_CONSOLE = "https://console.cloud.tencent.com/asr";

/** Refused for its signature, its keys or its timestamp. */
export const SIGNATURE_REFUSED = 4002;

export const FLASH_API = {
  id: "tencent-flash",
  name: "Tencent flash",
  codes: {
    4001: {
      kind: "recognition",
      meaning: "a parameter is not valid",
      hint: "look at --set and -m; the vendor's message names the parameter",
    },
    [SIGNATURE_REFUSED]: {
      kind: "credentials",
      meaning: "the signature was refused",
      hint: "check TENCENTCLOUD_APPID, TENCENTCLOUD_SECRET_ID and TENCENTCLOUD_SECRET_KEY",
      stopsBatch: true,
    },
    4003: {
      kind: "credentials",
      meaning: "the service is not enabled for this AppID",
      hint: `enable speech recognition at ${SPEECH_CONSOLE}`,
      stopsBatch: true,
    },
    4004: {
      kind: "quota",
      meaning: "no free quota is left",
      hint: `buy a package, or turn on paying by use, at ${SPEECH_CONSOLE}`,
      stopsBatch: true,
    },
    4005: {
      kind: "quota",
      meaning: "the account is in arrears and was stopped",
      hint: "pay in at https://console.cloud.tencent.com/expense/overview",
      stopsBatch: true,
    },
    4006: {
      kind: "quota",
      meaning: "too many requests of this account at once",
      hint: "lower --concurrency, or buy more at https://buy.cloud.tencent.com/asr",
      retryable: true,
    },
    4007: {
      kind: "audio",
      meaning: "the audio can't be decoded as the format it was sent as",
      hint: "check that it plays; headerless audio needs the right --rate and --encoding",
    },
    4008: {
      kind: "network",
      meaning: "the upload took too long",
      hint: "try again, or send compressed audio",
      retryable: true,
    },
    4009: {
      kind: "network",
      meaning: "the connection broke during the upload",
      hint: "check the network connection, and try again",
      retryable: true,
    },
    4010: {
      kind: "recognition",
      meaning: "an unknown text message was sent",
      hint: "look for a gateway or proxy in between that changes requests",
    },
    4011: {
      kind: "audio",
      meaning: "there is too much audio",
      hint: "send at most 100 MB and 2 hours: compress it, or cut it into parts",
    },
    4012: {
      kind: "audio",
      meaning: "the audio is empty",
      hint: "check that the recording holds sound",
    },
    5001: {
      kind: "network",
      meaning: "an error at the vendor",
      hint: "try again later",
      retryable: true,
    },
    5002: {
      kind: "recognition",
      meaning: "the recognition failed",
      hint: "try again; if it stays, ask Tencent Cloud's support, with the request id",
      retryable: true,
    },
    5003: {
      kind: "network",
      meaning: "the recognition took too long",
      hint: "try again; if it stays, cut the audio into parts",
      retryable: true,
    },
  },
} as const satisfies CodedApi;
