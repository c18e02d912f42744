/** The inputs that a list names. */
import pMap from "p-map";
import { usageError } from "../../errors.ts";
import type { Input } from "./input.ts";
import { type ListEntry, type ListFile, listEntries } from "./list-entries.ts";
import { failedInput, type InputPlace, missingError, pathInputs } from "./path-inputs.ts";

/** Enough to keep libuv's four threads busy. */
const LOOKS_AT_ONCE = 16;

/**
 * All inputs in the list's order, a folder with all in it. One that can't be read is an input with
 * an `error`.
 *
 * @throws AsrError kind "usage", with the line, for a line that nobody can read.
 */
export async function listedInputs(list: ListFile, place: InputPlace): Promise<Input[]> {
  const { signal } = place;
  const found = await pMap(listEntries(list), (entry) => look(entry, place), {
    concurrency: LOOKS_AT_ONCE,
    ...(signal === undefined ? {} : { signal }),
  });
  return found.flat();
}

async function look({ path, own, error }: ListEntry, place: InputPlace): Promise<readonly Input[]> {
  // A line is a path and nothing else: the name of stdin is a file here.
  const name = path === "-" ? "./-" : path;
  const given = own === undefined ? {} : { own };
  try {
    if (error !== undefined) throw error;
    const expansion = await pathInputs(name, place);
    if (expansion === undefined) throw missingError(name);
    if (expansion.several && own?.output !== undefined) {
      throw usageError(
        `${own.place}: ${name} is a folder, and its results can't share one output`,
        "leave the output out: they keep their paths below the folder",
      );
    }
    return expansion.found.map((input) => ({ ...input, ...given }));
  } catch (thrown) {
    place.signal?.throwIfAborted();
    return [{ ...failedInput(name, thrown, place), ...given }];
  }
}
