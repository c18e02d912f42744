/** Parameters that we do not know (`--set-unchecked`): what they become in a JSON body. */
import { usageError } from "../../errors.ts";
import { OWNED_NAMES } from "./parameters.ts";

/**
 * Fields of `config`. A value that reads as a JSON number, boolean, null, list or object is sent
 * as that, everything else as text.
 *
 * @throws AsrError kind "usage" for a name that the program fills in itself.
 */
export function uncheckedFields(
  parameters: Readonly<Record<string, string>>,
  { knowsMiddleAction }: { readonly knowsMiddleAction: boolean },
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(parameters).map(([written, value]) => {
      const name = written.replace(/^config\./, "");
      if (!OWNED_NAMES.includes(name)) return [name, jsonOrText(value)];
      const hint =
        name === "action" && knowsMiddleAction
          ? "take it away; --set middle_action=N changes it between the first and the last packet"
          : "take it away";
      throw usageError(`${written} is filled in by the program`, hint);
    }),
  );
}

function jsonOrText(value: string): unknown {
  try {
    const parsed: unknown = JSON.parse(value);
    // 2^53 and beyond would be sent as another number.
    return typeof parsed === "number" && String(parsed) !== value ? value : parsed;
  } catch {
    return value;
  }
}
