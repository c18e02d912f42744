/** Tencent requests signed by hand. */

import type { TencentDouble } from "../tencent/server.ts";
import { signature, signingText } from "../tencent/signature.ts";
import { type HandAnswer, send } from "./http.ts";

/** `undefined` takes a parameter out. */
export type Parameters = Readonly<Record<string, string | undefined>>;

interface SignedRequest {
  readonly path: string;
  readonly parameters: Parameters;
  readonly body: Buffer;
  readonly headers?: Readonly<Record<string, string>>;
  readonly method?: string;
  readonly chunked?: boolean;
  /** Default: the double's own address. */
  readonly signedHost?: string;
  readonly secretKey?: string;
}

/** Signs and sends; every part can be made wrong. */
function sendSigned(double: TencentDouble, parts: SignedRequest): Promise<HandAnswer> {
  const pairs = Object.entries(parts.parameters).filter(
    (pair): pair is [string, string] => pair[1] !== undefined,
  );
  const { host } = new URL(double.origin);
  const text = signingText(parts.signedHost ?? host, parts.path, pairs);
  const query = pairs.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join("&");
  return send(`${double.origin}${parts.path}?${query}`, {
    method: parts.method ?? "POST",
    headers: {
      authorization: signature(text, parts.secretKey ?? double.account.secretKey),
      "content-type": "application/octet-stream",
      ...parts.headers,
    },
    body: parts.body,
    chunked: parts.chunked ?? false,
  });
}

type Overrides = Partial<Omit<SignedRequest, "body" | "parameters">>;

/** One flash request; right unless told otherwise. */
export function sendFlash(
  double: TencentDouble,
  body: Buffer,
  parameters: Parameters = {},
  overrides: Overrides = {},
): Promise<HandAnswer> {
  return sendSigned(double, {
    path: `/asr/flash/v1/${double.account.appId}`,
    body,
    parameters: {
      engine_type: "16k_zh",
      voice_format: "wav",
      secretid: double.account.secretId,
      timestamp: String(Math.floor(double.clock.wall() / 1000)),
      ...parameters,
    },
    ...overrides,
  });
}

export const VOICE = "0123456789abcdef";

/** One slice of a voice; right unless told otherwise. */
export function sendSlice(
  double: TencentDouble,
  body: Buffer,
  parameters: Parameters = {},
  overrides: Overrides = {},
): Promise<HandAnswer> {
  const nowSeconds = Math.floor(double.clock.wall() / 1000);
  return sendSigned(double, {
    path: `/asr/v1/${double.account.appId}`,
    body,
    parameters: {
      projectid: "0",
      sub_service_type: "1",
      engine_model_type: "16k_0",
      result_text_format: "0",
      res_type: "0",
      voice_format: "1",
      secretid: double.account.secretId,
      timestamp: String(nowSeconds),
      expired: String(nowSeconds + 3600),
      nonce: "8992",
      seq: "0",
      end: "0",
      source: "0",
      voice_id: VOICE,
      timeout: "5000",
      ...parameters,
    },
    ...overrides,
  });
}
