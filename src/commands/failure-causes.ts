/** Why inputs of a run failed, in few words: by the kind of failure and the vendor's code. */
import type { ErrorKind } from "../errors.ts";
import type { FailureCause, Failures } from "../jobs/failures.ts";

const KINDS: Readonly<Record<ErrorKind, string>> = {
  internal: "a fault of asr",
  usage: "settings that do not fit",
  audio: "audio missing, damaged or not taken",
  credentials: "credentials missing or refused",
  quota: "quota, rate limit or billing",
  network: "network, time-out or vendor out of order",
  recognition: "recognition refused or failed",
  several: "several failures",
  gate: "a gate that failed",
  output: "result can't be written",
  interrupted: "interrupted",
};

/** More of them are no summary any more. */
const SHOWN_CAUSES = 4;

/** `2 × audio missing, damaged or not taken; 1 × …`, the most frequent first. */
export function failureCauses({ causes: found }: Pick<Failures, "causes">): string {
  const counts = new Map<string, number>();
  for (const one of found) {
    const cause = causeText(one);
    counts.set(cause, (counts.get(cause) ?? 0) + one.count);
  }
  const causes = [...counts].sort(([, one], [, other]) => other - one);
  const rest = causes.slice(SHOWN_CAUSES).reduce((sum, [, count]) => sum + count, 0);
  return [
    ...causes.slice(0, SHOWN_CAUSES).map(([cause, count]) => `${count} × ${cause}`),
    ...(rest === 0 ? [] : [`${rest} × others`]),
  ].join("; ");
}

function causeText({ kind, provider, vendorCode }: FailureCause): string {
  if (vendorCode === undefined) return KINDS[kind];
  const origin = provider === undefined ? "" : `${provider} `;
  return `${KINDS[kind]} (${origin}code ${vendorCode})`;
}
