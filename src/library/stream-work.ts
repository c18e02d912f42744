/** The work behind `stream`, loaded by the first call. */
import { openRecording } from "../audio/open.ts";
import type { RawFormat } from "../audio/types.ts";
import { loadSpeechModel } from "../audio/voice/model.ts";
import { hasLongSessions } from "../jobs/speech-model.ts";
import type { JobEvent } from "../transcript/events.ts";
import { openAudio } from "./audio-source.ts";
import { checkCall, streamLayer } from "./call-options.ts";
import { chineseConversion, convertingEvents } from "./chinese.ts";
import { connectionOf } from "./connections.ts";
import { listen, liveSettings } from "./listen.ts";
import type { AudioStream, StreamOptions } from "./options.ts";
import { recogniserFor } from "./recogniser.ts";
import { rawFormatOf } from "./recognition-settings.ts";

/** What headerless input is where nobody says so. */
const ASSUMED: RawFormat = { sampleRate: 16_000, encoding: "s16le", channels: 1 };

/** @throws AsrError; the signal's reason where it was aborted. */
export async function transcribeStream(
  audio: AudioStream,
  options: StreamOptions,
  tell: (event: JobEvent) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  checkCall(options);
  const { input, open } = openAudio(audio, options.name);
  const connection = await connectionOf(options.provider);
  const { provider, audioTools } = connection;
  const settings = connection.settingsFor(streamLayer(options));
  const { values } = settings;
  const recogniser = await recogniserFor(connection, settings, signal, (asked) =>
    liveSettings(asked, values),
  );
  const conversion = await chineseConversion(values);
  const ending = options.ending ?? new AbortController().signal;
  const raw = rawFormatOf(input, values);
  const recording = await openRecording(await open(), {
    ...(raw === undefined ? { assumed: ASSUMED } : { raw }),
    ...(audioTools.tools === undefined ? {} : { tools: audioTools.tools }),
    whileItComes: true,
    signal,
  });
  const heard = listen(
    {
      name: input.name,
      provider,
      settings: recogniser.settings,
      values,
      recording,
      graceMs: 0,
      ending,
      onLag: () => {},
      speechModelFor: (resolution) =>
        hasLongSessions(provider, resolution)
          ? () => loadSpeechModel("energy")
          : audioTools.speechModel,
    },
    recogniser.context,
  );
  for await (const event of convertingEvents(heard, conversion)) await tell(event);
}
