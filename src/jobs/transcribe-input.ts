/** One input from its bytes to its committed result. */
import { digesting } from "../audio/digest.ts";
import { openRecording } from "../audio/open.ts";
import type { ByteSource, RawFormat } from "../audio/types.ts";
import type { Provider, ProviderContext, RecognitionSettings } from "../providers/contract.ts";
import type { JobEvent } from "../transcript/events.ts";
import { mayBeHeaderless } from "./inputs/audio-content.ts";
import type { Input } from "./inputs/input.ts";
import type { ResultSink } from "./outputs/results.ts";
import type { ChannelMode } from "./plan.ts";
import { needsSpool, type PreparedJob, prepareJob, recognise } from "./recognise.ts";
import { withSpool } from "./spooled.ts";

export interface InputRequest {
  /** Opens an input's bytes. */
  readonly openSource: (input: Input) => Promise<ByteSource>;
  readonly provider: Provider;
  readonly settings: RecognitionSettings;
  readonly channels: ChannelMode;
  readonly strict: boolean;
  /**
   * What headerless audio is; undefined: headerless audio is an error. Not asked about a folder's
   * files, unless their names say that they are headerless.
   */
  readonly rawFormatOf: (input: Input) => RawFormat | undefined;
  readonly context: ProviderContext;
  readonly temporaryFolder: string;
  readonly onExit: (cleanup: () => void) => () => void;
  readonly listener: { event(input: Input, event: JobEvent): void };
}

/** @throws AsrError; the signal's reason where it was aborted. Leaves `sink` to its caller then. */
export async function transcribeInput(
  request: InputRequest,
  input: Input,
  sink: ResultSink,
): Promise<void> {
  if (input.error !== undefined) throw input.error;
  const { context, listener, provider, settings, channels, strict } = request;
  const { signal } = context;
  const { source, sha256, close } = digesting(await request.openSource(input));
  const raw = mayBeHeaderless(input) ? request.rawFormatOf(input) : undefined;
  const prepare = async (bytes: ByteSource): Promise<PreparedJob> => {
    const recording = await openRecording(bytes, { signal, ...(raw === undefined ? {} : { raw }) });
    return prepareJob({ recording, sha256, provider, settings, channels, strict });
  };
  const run = async (prepared: PreparedJob): Promise<void> => {
    for await (const event of recognise(prepared, context)) {
      listener.event(input, event);
      await sink.write(event);
    }
  };
  try {
    const prepared = await prepare(source);
    if (needsSpool(prepared)) {
      const { recording } = prepared.job;
      const piped = { name: input.name, reopenable: false, open: recording.bytes };
      const place = { ...request, signal };
      await withSpool(piped, place, async (spooled) => run(await prepare(spooled)));
    } else await run(prepared);
    await sink.commit();
  } finally {
    await close();
  }
}
