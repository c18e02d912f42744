/** Tencent's request signature (flash document 3.5; realtime document, example; FACTS). */
import { createHmac } from "node:crypto";

/**
 * The text that is signed: method, host, path and the parameters sorted by name, all raw.
 *
 * @param host as it was called, with the port where one was.
 * @param path with the appid, without any gateway prefix.
 */
export function signingText(
  host: string,
  path: string,
  parameters: readonly (readonly [name: string, value: string])[],
): string {
  const sorted = [...parameters].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return `POST${host}${path}?${sorted.map(([name, value]) => `${name}=${value}`).join("&")}`;
}

/** HMAC-SHA1 of the text with the secret key, in standard base64. */
export function signature(text: string, secretKey: string): string {
  return createHmac("sha1", secretKey).update(text, "utf8").digest("base64");
}
