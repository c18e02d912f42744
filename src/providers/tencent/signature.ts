/**
 * Tencent's signature of a request (flash document, 3.5; realtime document, example). Raw values
 * are signed, percent-encoded ones sent. Pure.
 */
import { createHmac } from "node:crypto";

/** Parameters of the URL by name, unencoded. */
export type Query = Readonly<Record<string, string>>;

/**
 * The text that is signed.
 *
 * @param path As the vendor knows it: with the appid, without a gateway's prefix.
 */
export function signingText(host: string, path: string, query: Query): string {
  const pairs = sortedPairs(query).map(([name, value]) => `${name}=${value}`);
  return `POST${host}${path}?${pairs.join("&")}`;
}

/** HMAC-SHA1 of the text, in standard base64: the bare value of `Authorization`. */
export function signature(text: string, secretKey: string): string {
  return createHmac("sha1", secretKey).update(text, "utf8").digest("base64");
}

/**
 * The query as it is sent: UTF-8 as `encodeURIComponent` writes it, a space as %20. (`URL` writes
 * an apostrophe as %27 besides; it decodes to the same value.)
 */
export function wireQuery(query: Query): string {
  return sortedPairs(query)
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    .join("&");
}

/** By name, in the order of code units; half a surrogate pair can't be sent and becomes U+FFFD. */
function sortedPairs(query: Query): (readonly [name: string, value: string])[] {
  return Object.entries(query)
    .map(([name, value]) => [name.toWellFormed(), value.toWellFormed()] as const)
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
}
