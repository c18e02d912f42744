/** Where requests go, and which host their signatures name. */
import { usageError } from "../../errors.ts";
import type { Account } from "../contract.ts";

/**
 * Host of flash (document, 2), and of realtime since it moved; `aai.qcloud.com`, the realtime
 * document's own, signs alike and can be set as the address.
 */
const DEFAULT_ADDRESS = "https://asr.cloud.tencent.com";

export interface TencentAddress {
  readonly origin: string;
  /** Origin and path prefix, without a slash at the end. */
  readonly base: string;
  /** Host, with the port where it is not the scheme's own; a path prefix is not signed. */
  readonly signedHost: string;
}

/** @throws AsrError kind "usage" where the configured address is none. */
export function tencentAddress({ baseUrl = DEFAULT_ADDRESS, signedHost }: Account): TencentAddress {
  if (!URL.canParse(baseUrl)) {
    throw usageError("the address of Tencent is not a URL", "give baseUrl as https://HOST[/PATH]");
  }
  const { origin, host, pathname } = new URL(baseUrl);
  const base = `${origin}${pathname.replace(/\/+$/, "")}`;
  return { origin, base, signedHost: signedHost ?? host };
}
