/** How a request that was not recorded differs from the one that is most like it. Pure. */
import type { RequestRecord } from "./schema.ts";

type Compared = Omit<RequestRecord, "sent_ms" | "origin">;

const SHOWN_CHARACTERS = 60;
const DIGEST_CHARACTERS = 8;

/**
 * @param leftOut place of what each run makes up anew
 * @returns a line for each difference, the most telling first; none where they are the same
 */
export function differences(asked: Compared, recorded: Compared, leftOut?: string): string[] {
  const found: string[] = [];
  const compare = (name: string, one: unknown, other: unknown): void => {
    if (name === leftOut || JSON.stringify(one) === JSON.stringify(other)) return;
    found.push(`${name}: asked ${shown(one)}, recorded ${shown(other)}${whyOf(one, other)}`);
  };
  compare("method", asked.method, recorded.method);
  compare("path", asked.path, recorded.path);
  for (const part of ["parameters", "headers"] as const) {
    for (const name of names(asked[part], recorded[part])) {
      compare(name, asked[part][name], recorded[part][name]);
    }
  }
  // What was never sent whole can't be compared.
  if (recorded.body?.sent_bytes !== undefined) return found;
  const askedLeaves = leavesOf(asked.body);
  const recordedLeaves = leavesOf(recorded.body);
  for (const name of names(askedLeaves, recordedLeaves)) {
    compare(name, askedLeaves[name], recordedLeaves[name]);
  }
  return found;
}

function names(one: object, other: object): string[] {
  return [...new Set([...Object.keys(one), ...Object.keys(other)])].sort();
}

/** The values of a body by their dotted places; of bytes their size and digest as one. */
function leavesOf(body: Compared["body"]): Record<string, unknown> {
  if (body === undefined) return {};
  const { json, size_bytes: bytes, sha256 } = body;
  if (json === undefined) return { body: { bytes, sha256 } };
  const leaves: Record<string, unknown> = {};
  const collect = (value: unknown, place: string): void => {
    if (typeof value !== "object" || value === null || isDigest(value)) {
      leaves[place] = value;
      return;
    }
    for (const [name, item] of Object.entries(value)) {
      collect(item, place === "" ? name : `${place}.${name}`);
    }
  };
  collect(json, "");
  return leaves;
}

function isDigest(value: unknown): value is { readonly bytes: number; readonly sha256: string } {
  const { bytes, sha256 } = Object(value);
  return typeof bytes === "number" && typeof sha256 === "string";
}

function shown(value: unknown): string {
  if (value === undefined) return "none";
  if (isDigest(value)) {
    return `${value.bytes} bytes sha256 ${value.sha256.slice(0, DIGEST_CHARACTERS)}…`;
  }
  const text = typeof value === "string" ? value : JSON.stringify(value);
  const characters = Array.from(text);
  if (characters.length <= SHOWN_CHARACTERS) return text === "" ? '""' : text;
  return `${characters.slice(0, SHOWN_CHARACTERS).join("")}…`;
}

function whyOf(one: unknown, other: unknown): string {
  return isDigest(one) && isDigest(other) ? ": the audio or its preparation changed" : "";
}
