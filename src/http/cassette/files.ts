/** The files of a cassette's folder: each is there whole or not at all, and the owner's alone. */
import { randomBytes } from "node:crypto";
import { link, mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import type { z } from "zod";
import { AsrError, systemCode, usageError } from "../../errors.ts";
import { SCHEMA_VERSION } from "./schema.ts";

export const FACTS_NAME = "cassette.json";
export const LIVE_NAME = "live.json";
const EXCHANGE_NAME = /^\d{4,}-[a-z0-9-]+\.json$/;
const PRIVATE_FILE = 0o600;
const PRIVATE_FOLDER = 0o700;
/** Of systems and file systems that know no second name for a file. */
const NO_LINKS = ["EPERM", "ENOSYS", "EOPNOTSUPP", "ENOTSUP", "EMLINK"];

/** Whether a recording may have a file of that name. */
export function isRecordingName(name: string): boolean {
  return name === FACTS_NAME || name === LIVE_NAME || EXCHANGE_NAME.test(name);
}

/** Names of the exchanges, in the order of their numbers. @throws the system's error */
export async function exchangeNames(folder: string): Promise<string[]> {
  const names = (await readdir(folder)).filter((name) => EXCHANGE_NAME.test(name));
  return names.sort((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10) || (a < b ? -1 : 1));
}

/**
 * Makes the folder ready for a recording.
 *
 * @param force removes what is recorded there
 * @throws AsrError kind "usage" where it holds a recording, "output" where it can't be written
 */
export async function claimFolder(folder: string, facts: object, force: boolean): Promise<void> {
  try {
    await mkdir(folder, { recursive: true, mode: PRIVATE_FOLDER });
    const old = await exchangeNames(folder);
    // A run that asked nothing leaves nothing to lose.
    if (old.length > 0 && !force) throw held(folder);
    for (const name of [...old, LIVE_NAME]) await rm(path.join(folder, name), { force: true });
  } catch (error) {
    throw writeFailure(folder, error);
  }
  await replaceFile(folder, FACTS_NAME, facts);
}

function held(folder: string): AsrError {
  return usageError(
    `${folder} holds a recording already`,
    "name another folder, or replace what is recorded there with --force",
    "two recordings in one folder could not be told apart when they are replayed",
  );
}

/**
 * Writes an exchange under its number; where another process has taken it, a letter follows.
 *
 * @param name without ".json"
 * @throws AsrError kind "output"
 */
export async function writeExchange(folder: string, name: string, value: object): Promise<void> {
  const draft = path.join(folder, `.asr-${randomBytes(6).toString("hex")}.part`);
  try {
    await writeFile(draft, text(value), { flag: "wx", mode: PRIVATE_FILE });
    for (let count = 0; ; count++) {
      const suffix = count === 0 ? "" : `-${count}`;
      const isPlaced = await place(draft, path.join(folder, `${name}${suffix}.json`));
      if (isPlaced) return;
    }
  } catch (error) {
    await rm(draft, { force: true }).catch(() => {});
    throw writeFailure(folder, error);
  }
}

/** Gives a draft its name; false where that is taken. */
async function place(draft: string, target: string): Promise<boolean> {
  try {
    await link(draft, target);
  } catch (error) {
    const code = systemCode(error) ?? "";
    if (code === "EEXIST") return false;
    if (!NO_LINKS.includes(code)) throw error;
    await rename(draft, target);
    return true;
  }
  await rm(draft);
  return true;
}

/** Replaces a file. @throws AsrError kind "output" */
export async function replaceFile(folder: string, name: string, value: object): Promise<void> {
  const draft = path.join(folder, `.asr-${randomBytes(6).toString("hex")}.part`);
  try {
    await writeFile(draft, text(value), { flag: "wx", mode: PRIVATE_FILE });
    await rename(draft, path.join(folder, name));
  } catch (error) {
    await rm(draft, { force: true }).catch(() => {});
    throw writeFailure(folder, error);
  }
}

/**
 * Reads a file and checks what it holds.
 *
 * @throws AsrError kind "usage" that names the file: missing, damaged, of a newer version
 */
export async function readChecked<S extends z.ZodType>(
  folder: string,
  name: string,
  schema: S,
): Promise<z.output<S>> {
  const value = await readJsonFile(folder, name);
  const version: unknown = Object(value).schema_version;
  if (typeof version === "number" && version > SCHEMA_VERSION) {
    throw usageError(
      `${path.join(folder, name)} was written by a newer version of asr`,
      "update asr, or record again with this one",
      `it has schema_version ${version}; this version reads up to ${SCHEMA_VERSION}`,
    );
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const place = issue === undefined || issue.path.length === 0 ? "" : `${issue.path.join(".")}: `;
  throw damaged(path.join(folder, name), `${place}${issue?.message ?? ""}`);
}

/** What a live job noted, as it is; undefined where there is none. */
export async function readLiveNote(folder: string): Promise<unknown> {
  const names = await readdir(folder);
  return names.includes(LIVE_NAME) ? readJsonFile(folder, LIVE_NAME) : undefined;
}

async function readJsonFile(folder: string, name: string): Promise<unknown> {
  const file = path.join(folder, name);
  let content: string;
  try {
    content = await readFile(file, "utf8");
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    throw usageError(`can't read the recording in ${file}`, "check the path", systemCode(error));
  }
  try {
    return JSON.parse(content);
  } catch {
    const isCut = content.trim() === "" || !content.trimEnd().endsWith("}");
    throw damaged(file, isCut ? "it ends too early" : "it is no JSON");
  }
}

/** A file that can't have been written so. */
export function damaged(file: string, reason: string): AsrError {
  return usageError(
    `the recording in ${file} is damaged`,
    "restore the file, or record again: --record DIR --force",
    reason,
  );
}

function text(value: object): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

function writeFailure(folder: string, error: unknown): unknown {
  const code = systemCode(error);
  if (code === undefined || error instanceof AsrError) return error;
  return new AsrError("output", `can't write the recording into ${folder}`, {
    reason: code,
    hint: "check the folder and the free space, or name another with --record",
    stopsBatch: true,
    cause: error,
  });
}
