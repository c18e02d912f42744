/** A request as a recording keeps and compares it. Pure. */
import type { HttpRequest } from "../transport.ts";
import { digestOfText } from "./json-outline.ts";
import { type CallRule, type Party, ruleFor } from "./rules.ts";
import type { RequestRecord } from "./schema.ts";
import { MASK, type Scrubber } from "./scrub.ts";

/** Stands for what changes by nature. */
export const CHANGING = "~";
/** Those that change what a vendor answers. */
const HEADERS = ["accept", "content-type"];

/** What is known of a body once it has passed. */
export interface BodyFacts {
  readonly sizeBytes: number;
  /** So much was handed to the network. */
  readonly sentBytes: number;
  /** Where all of it was. */
  readonly sha256: string;
  /** Its value, where it is JSON. */
  readonly json?: unknown;
}

export interface ShapedRequest {
  readonly rule: CallRule;
  readonly request: Omit<RequestRecord, "sent_ms">;
  readonly identifier?: string;
}

/**
 * @param body undefined: the request has none, or it was not read
 * @param scrubber knows the account's secrets
 */
export function shapeOf(
  { method, url, headers }: Pick<HttpRequest, "method" | "url" | "headers">,
  { rules, baseUrl }: Pick<Party, "rules" | "baseUrl">,
  body: BodyFacts | undefined,
  scrubber: Scrubber,
): ShapedRequest {
  const prefix = baseUrl === undefined ? "" : new URL(baseUrl).pathname.replace(/\/+$/, "");
  const path = url.pathname.startsWith(prefix) ? url.pathname.slice(prefix.length) : url.pathname;
  const rule = ruleFor(rules, path);
  const { volatile = [], secret = [], identifier: identifierName } = rule;
  const parameters = [...url.searchParams].map(([name, value]): [string, string] => {
    if (secret.includes(name)) return [name, MASK];
    return [name, volatile.includes(name) ? CHANGING : scrubber.text(value)];
  });
  const kept = Object.entries(headers)
    .map(([name, value]): [string, string] => [name.toLowerCase(), scrubber.text(value)])
    .filter(([name]) => HEADERS.includes(name));
  const identifier =
    identifierName === undefined
      ? undefined
      : (url.searchParams.get(identifierName) ?? textAt(body?.json, identifierName));
  return {
    rule,
    request: {
      name: rule.name,
      method,
      origin: scrubber.text(`${url.origin}${prefix}`),
      path: scrubber.text(path),
      parameters: sortedObject(parameters),
      headers: sortedObject(kept),
      ...(body === undefined ? {} : { body: bodyOf(body, rule, scrubber) }),
    },
    ...(identifier === undefined ? {} : { identifier }),
  };
}

/** Signatures and tokens: every header that is not kept may hold one. */
export function headerSecrets(headers: HttpRequest["headers"]): string[] {
  return Object.entries(headers)
    .filter(([name]) => !HEADERS.includes(name.toLowerCase()))
    .flatMap(([, value]) => value.split(/\s+/).filter((word) => word.length >= 8));
}

function bodyOf(
  { sizeBytes, sentBytes, sha256, json }: BodyFacts,
  { volatile = [], secret = [], audio }: CallRule,
  scrubber: Scrubber,
): RequestRecord["body"] {
  if (sentBytes < sizeBytes) return { size_bytes: sizeBytes, sent_bytes: sentBytes };
  if (json === undefined) return { size_bytes: sizeBytes, sha256 };
  const value = mapText(json, (text, place) => {
    if (secret.includes(place)) return MASK;
    if (volatile.includes(place)) return CHANGING;
    return place === audio ? digestOfText(text) : scrubber.text(text);
  });
  return { size_bytes: sizeBytes, json: value };
}

/** The value with its texts replaced; names are not. */
function mapText(
  value: unknown,
  replace: (text: string, place: string) => unknown,
  place = "",
): unknown {
  if (typeof value === "string") return replace(value, place);
  if (Array.isArray(value)) return value.map((item) => mapText(item, replace, place));
  if (typeof value !== "object" || value === null) return value;
  const below = (name: string): string => (place === "" ? name : `${place}.${name}`);
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name, mapText(item, replace, below(name))]),
  );
}

/** The text at a dotted place. */
function textAt(value: unknown, place: string): string | undefined {
  const found = place
    .split(".")
    .reduce<unknown>(
      (at, name) => (Object.hasOwn(Object(at), name) ? Object(at)[name] : undefined),
      value,
    );
  return typeof found === "string" ? found : undefined;
}

function sortedObject(entries: readonly (readonly [string, string])[]): Record<string, string> {
  return Object.fromEntries(entries.toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
}
