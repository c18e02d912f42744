/** Looks whether providers could work: credentials, clock, host, token, models. Costs nothing. */
import { type AsrError, asAsrError } from "../errors.ts";
import { PLAIN_SETTINGS, type Provider, type ProviderContext } from "../providers/contract.ts";

export interface Finding {
  /** The provider's id, "settings" or "audio". */
  readonly subject: string;
  /** What was looked at: "setup", "clock", "token", "host", "ffmpeg", "ffprobe". */
  readonly check: string;
  /** `off`: not set up, which is no fault where nobody asked for it. */
  readonly state: "ok" | "off" | "failed";
  readonly detail: string;
  /** What to do about it. */
  readonly mend?: string;
  readonly error?: AsrError;
}

export interface Patient {
  readonly provider: Provider;
  readonly context: ProviderContext;
  /** True where the user named it or set it up: then what is missing is a failure. */
  readonly wanted: boolean;
}

/** One finding a check, as they come. A provider whose setup failed is not looked at further. */
export async function* examine({ provider, context, wanted }: Patient): AsyncGenerator<Finding> {
  const subject = provider.id;
  try {
    await provider.prepare(PLAIN_SETTINGS, context);
  } catch (thrown) {
    const finding = failure(subject, "setup", thrown, context.signal);
    yield wanted ? finding : { ...finding, state: "off" };
    return;
  }
  const what = provider.credentials.length === 0 ? "installed" : "credentials are set";
  yield { subject, check: "setup", state: "ok", detail: what };
  for (const check of provider.checks) {
    try {
      yield { subject, check: check.name, state: "ok", detail: await check.run(context) };
    } catch (thrown) {
      yield failure(subject, check.name, thrown, context.signal);
    }
  }
}

function failure(subject: string, check: string, thrown: unknown, signal: AbortSignal): Finding {
  signal.throwIfAborted();
  const error = asAsrError(thrown);
  const { reason, hint } = error.details;
  return {
    subject,
    check,
    state: "failed",
    detail: reason === undefined ? error.message : `${error.message}: ${reason}`,
    ...(hint === undefined ? {} : { mend: hint }),
    error,
  };
}
