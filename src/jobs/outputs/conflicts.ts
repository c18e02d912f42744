/** Two results that would go into one place, or a result that would destroy an input. */
import path from "node:path";
import { type AsrError, usageError } from "../../errors.ts";
import type { Input } from "../inputs/input.ts";
import type { OutputPlan } from "./output-plan.ts";
import { pathKey, portableName } from "./portable-name.ts";

/**
 * @param keyOf equal for two paths that are one file; undefined for what may be shared
 * @throws AsrError kind "usage", naming both.
 */
export function refuseConflicts(
  plan: OutputPlan,
  keyOf: (file: string) => string | undefined,
): void {
  const sources = new Map<string, Input>();
  for (const input of plan.inputs) {
    const key = input.path === undefined ? undefined : keyOf(input.path);
    if (key !== undefined) sources.set(key, input);
  }
  const owners = new Map<string, Input>();
  plan.inputs.forEach((input, index) => {
    for (const file of plan.files[index] ?? []) {
      const key = keyOf(file.path);
      if (key === undefined) continue;
      const source = sources.get(key);
      if (source !== undefined) {
        throw usageError(
          `the result of ${input.name} would overwrite the input ${source.name}`,
          "choose another -o",
        );
      }
      const owner = owners.get(key);
      if (owner !== undefined) throw sharedPlace(plan, owner, input, file.path);
      owners.set(key, input);
    }
  });
}

function sharedPlace(plan: OutputPlan, owner: Input, input: Input, file: string): AsrError {
  if (owner === input) {
    return usageError(
      `two formats of ${input.name} would both be written to ${file}`,
      "choose another -o",
    );
  }
  return usageError(
    `${named(owner)} and ${named(input)} would both be written to ${file}`,
    wayOut(plan, owner, input),
  );
}

/** An input that a list names may be there twice, with other settings. */
function named({ name, own }: Input): string {
  return own === undefined ? name : `${name} (${own.place})`;
}

function wayOut(plan: OutputPlan, owner: Input, input: Input): string {
  if (owner.own !== undefined || input.own !== undefined) {
    return `give each an "output" of its own in the list`;
  }
  return extensionsTellApart(plan, owner, input)
    ? "add --keep-extension, or transcribe them into different folders"
    : `transcribe them into different folders, one command each, or name an "output" for each in a list (--from)`;
}

function extensionsTellApart(plan: OutputPlan, one: Input, other: Input): boolean {
  if (!plan.outputIsFolder || plan.keepExtension) return false;
  const name = ({ relativePath }: Input) => pathKey(portableName(path.basename(relativePath)));
  return name(one) !== name(other);
}
