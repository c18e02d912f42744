/** What a user is told where a recording has no answer. */
import { AsrError } from "../../errors.ts";
import { differences } from "./difference.ts";
import type { ShapedRequest } from "./request-shape.ts";
import type { Entry } from "./sequences.ts";

const MOST_SHOWN = 3;
const HINT =
  "undo what changed, or record again: the same command with --record DIR --force instead of --replay";

/**
 * @param recorded all that the provider was asked, in the order of the recording
 * @param unused those of it that nobody has asked for
 */
export function missError(
  provider: string,
  { request, rule }: ShapedRequest,
  recorded: readonly Entry[],
  unused: readonly Entry[],
): AsrError {
  const what = `${request.method} ${request.path}`;
  return new AsrError("usage", `the recording has no answer to this request: ${what}`, {
    reason: reasonOf(provider, { request, rule }, recorded, new Set(unused)),
    hint: HINT,
    provider,
    retryable: false,
  });
}

function reasonOf(
  provider: string,
  { request, rule }: Pick<ShapedRequest, "request" | "rule">,
  recorded: readonly Entry[],
  unused: ReadonlySet<Entry>,
): string {
  const compared = recorded
    .map((entry) => ({
      entry,
      found: differences(request, entry.record.request, rule.identifier),
    }))
    .toSorted(
      (one, other) =>
        one.found.length - other.found.length ||
        Number(unused.has(other.entry)) - Number(unused.has(one.entry)),
    );
  const [nearest] = compared;
  if (nearest === undefined) return `nothing that ${provider} was asked is in it`;
  const { entry, found } = nearest;
  if (found.length === 0) {
    const count = compared.filter((one) => one.found.length === 0).length;
    const times = count === 1 ? "once" : `${count} times`;
    return `it was recorded ${times}, and asked once more (${entry.file})`;
  }
  const more = found.length - MOST_SHOWN;
  const rest = more > 0 ? `; and ${more} more` : "";
  return `${found.slice(0, MOST_SHOWN).join("; ")}${rest} (nearest: ${entry.file})`;
}
