/** A result file that is there whole or not at all (README, "Output"). */
import { rmSync } from "node:fs";
import { type FileHandle, mkdir, open, rename, rm } from "node:fs/promises";
import path from "node:path";
import { systemCode } from "../../errors.ts";
import { draftName } from "./draft-name.ts";
import { linkTarget } from "./link-target.ts";
import { bytesOnDisk, nameOnDisk } from "./on-disk.ts";
import type { ResultTarget, SinkContext } from "./results.ts";
import { writeError } from "./write-error.ts";

interface Draft {
  readonly handle: FileHandle;
  readonly temporary: string;
  readonly target: string;
  /** The process may end without removing it. */
  readonly keep: () => void;
}

/** More files of one name are no help to anybody. */
const MOST_PARTIALS = 100;

/**
 * Moves a draft to `talk.partial.srt` beside `talk.srt`, or to `talk.partial-2.srt` where there is
 * such a file: it may be somebody's own, or all that there is of another try that was paid for.
 *
 * @returns where it is
 */
async function keptBeside(target: string, temporary: string): Promise<string> {
  const { dir, name, ext } = path.parse(target);
  for (let number = 1; number <= MOST_PARTIALS; number++) {
    const partial = path.join(dir, `${name}.partial${number === 1 ? "" : `-${number}`}${ext}`);
    try {
      // Takes the name, so that the draft replaces nothing but this empty file.
      await (await open(partial, "wx")).close();
      await rename(temporary, partial);
      return partial;
    } catch (error) {
      if (systemCode(error) !== "EEXIST") return temporary;
    }
  }
  return temporary;
}

async function openDraft(
  file: string,
  unique: string,
  onExit: SinkContext["onExit"],
): Promise<Draft> {
  // A link stays a link: what it points at is replaced.
  const target = await linkTarget(file);
  await mkdir(path.dirname(target), { recursive: true });
  const temporary = path.join(path.dirname(target), draftName(unique));
  const keep = onExit(() => rmSync(temporary, { force: true }));
  try {
    return { handle: await open(temporary, "wx"), temporary, target, keep };
  } catch (error) {
    keep();
    throw error;
  }
}

/**
 * Into a temporary file beside the target, renamed over it by `commit`. Where the last step
 * fails the temporary file is kept and named: what it holds may have been paid for.
 *
 * @param file absolute
 * @param unique makes the temporary name, e.g. random hex
 */
export function openWholeFile(
  file: string,
  unique: string,
  { onExit }: Pick<SinkContext, "onExit">,
): ResultTarget {
  let opening: Promise<Draft> | undefined;
  let ended = false;
  const draft = (): Promise<Draft> => {
    opening ??= openDraft(file, unique, onExit);
    return opening;
  };
  return {
    async append(text) {
      try {
        await (await draft()).handle.appendFile(text);
      } catch (error) {
        throw writeError(file, error);
      }
    },
    async commit() {
      ended = true;
      let kept: string | undefined;
      try {
        const { handle, temporary, target, keep } = await draft();
        keep();
        kept = temporary;
        await bytesOnDisk(handle).finally(() => handle.close());
        await rename(temporary, target);
        await nameOnDisk(target);
      } catch (error) {
        throw writeError(file, error, kept && `the result is in ${kept}`);
      }
    },
    async keep() {
      if (ended || opening === undefined) return undefined;
      ended = true;
      const { handle, temporary, target, keep } = await draft();
      keep();
      await handle.close();
      return await keptBeside(target, temporary);
    },
    async discard() {
      if (ended) return;
      ended = true;
      try {
        const begun = await opening;
        if (begun === undefined) return;
        await begun.handle.close();
        await rm(begun.temporary, { force: true });
        begun.keep();
      } catch {
        // The error that this job failed with is the one to report.
      }
    },
  };
}
