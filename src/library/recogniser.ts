/** Who recognises the audio of one call, and how. */
import { AsrError } from "../errors.ts";
import { checkSettings } from "../jobs/prepare.ts";
import type { Recogniser } from "../jobs/recogniser.ts";
import type { RecognitionSettings } from "../providers/contract.ts";
import { parseHotword } from "../settings/hotwords.ts";
import type { Connection } from "./connection.ts";
import type { CallSettings } from "./given-options.ts";
import { parametersOf, recognitionSettings } from "./recognition-settings.ts";

/**
 * Settles what can be settled without audio, before anything is opened or sent.
 *
 * @param change what the kind of the call makes of the settings
 * @throws AsrError kind "usage" or "credentials"; the signal's reason.
 */
export async function recogniserFor(
  connection: Connection,
  settings: CallSettings,
  signal: AbortSignal,
  change: (settings: RecognitionSettings) => RecognitionSettings = (same) => same,
): Promise<Recogniser> {
  const { provider } = connection;
  const { values } = settings;
  const asked = {
    hotwords: values.hotword.map(parseHotword),
    formats: values.format.map((name) => ({ name })),
    // Whoever writes setUnchecked into a program knows that nobody checks it.
    ...parametersOf(provider, settings, () => {}),
  };
  const recogniser: Recogniser = {
    provider,
    settings: change(recognitionSettings(values, asked)),
    context: connection.contextFor(settings, signal),
  };
  checkSettings({ ...recogniser, strict: values.strict });
  await prepare(recogniser);
  return recogniser;
}

/** @throws AsrError kind "usage" or "credentials", whose hint is for programs. */
async function prepare({ provider, settings, context }: Recogniser): Promise<void> {
  await provider.prepare(settings, context).catch((error: unknown) => {
    const isMissing = error instanceof AsrError && error.kind === "credentials";
    if (!isMissing || error.vendorCode !== undefined) throw error;
    const names = provider.credentials.flatMap(({ name, optional }) => (optional ? [] : [name]));
    throw new AsrError(error.kind, error.message, {
      ...error.details,
      hint: `give createProvider credentials: { ${names.join(", ")} }, or environment: process.env`,
    });
  });
}

/** Looks whether recognition is possible at all. @throws AsrError kind "usage" or "credentials" */
export async function checkConnection(connection: Connection): Promise<void> {
  const { signal } = new AbortController();
  await recogniserFor(connection, connection.settingsFor(new Map()), signal);
}
