/** Where requests go: the site's own origin, or the configured one with its path prefix. */
import type { Account } from "../contract.ts";
import type { Site } from "./site.ts";

export const TOKEN_PATH = "/open-apis/auth/v3/tenant_access_token/internal";
export const FILE_PATH = "/open-apis/speech_to_text/v1/speech/file_recognize";
export const STREAM_PATH = "/open-apis/speech_to_text/v1/speech/stream_recognize";

/** @param account `baseUrl` replaces the origin; its path goes before `path`. */
export function endpoint(site: Site, account: Pick<Account, "baseUrl">, path: string): URL {
  const base = new URL(account.baseUrl ?? site.origin);
  return new URL(base.pathname.replace(/\/+$/, "") + path, base.origin);
}
