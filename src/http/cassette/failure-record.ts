/** Failures of the network: from what was thrown to a record, and back to what fails alike. */
import { AsrError } from "../../errors.ts";
import { codeOf } from "../causes.ts";
import { ConnectFailure, ProxyFailure, Silence } from "../connect-failure.ts";
import { timeoutError } from "../failures.ts";
import type { FailureRecord } from "./schema.ts";

/**
 * @param ms since the request began
 * @returns undefined for what is no failure of the network: the reader left, the audio changed.
 */
export function failureOf(thrown: unknown, ms: number): FailureRecord | undefined {
  const cause = thrown instanceof AsrError ? thrown.details.cause : undefined;
  if (cause instanceof Silence) {
    return { kind: "timeout", ms, phase: cause.phase, limit_ms: cause.limitMs };
  }
  if (thrown instanceof AsrError) return undefined;
  if (thrown instanceof ConnectFailure) {
    const { cause: why } = thrown;
    const code = codeOf(why instanceof ProxyFailure ? why.cause : why);
    const status = why instanceof ProxyFailure ? why.status : undefined;
    return {
      kind: "connect",
      ms,
      ...(code === undefined ? {} : { code }),
      ...(why instanceof ProxyFailure ? { proxy: status === undefined ? {} : { status } } : {}),
    };
  }
  const code = codeOf(thrown);
  return code === undefined ? undefined : { kind: "broken", ms, code };
}

/**
 * @param host of the request that fails now
 * @param status of the answer, where there was one
 */
export function thrownFor(
  { kind, code, phase = "answer", limit_ms: limitMs = 0, proxy }: FailureRecord,
  host: string,
  status?: number,
): unknown {
  if (kind === "timeout") {
    return timeoutError({ host, phase, ...(status === undefined ? {} : { status }) }, limitMs);
  }
  const cause = Object.assign(new Error("as it was recorded"), code === undefined ? {} : { code });
  if (kind === "broken") return cause;
  return new ConnectFailure(
    proxy === undefined ? cause : new ProxyFailure("of the recording", proxy.status, cause),
  );
}
