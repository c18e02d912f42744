/** Many inputs, one provider: each becomes a job whose events go to its sink. */
import pMap from "p-map";
import { digesting } from "../audio/digest.ts";
import { openRecording } from "../audio/open.ts";
import { disposeSpooledNow, spool } from "../audio/spool.ts";
import type { ByteSource, RawFormat } from "../audio/types.ts";
import { AsrError, messageOf } from "../errors.ts";
import type { Provider, ProviderContext, RecognitionSettings } from "../providers/contract.ts";
import type { JobEvent } from "../transcript/events.ts";
import type { Input } from "./inputs.ts";
import type { ChannelMode } from "./plan.ts";
import { needsSpool, type PreparedJob, prepareJob, recognise } from "./recognise.ts";
import type { ResultSink } from "./results.ts";

export interface TranscriptionRequest {
  readonly inputs: readonly Input[];
  /** Opens an input's bytes. */
  readonly openSource: (input: Input) => Promise<ByteSource>;
  readonly openSink: (input: Input, index: number) => ResultSink;
  readonly provider: Provider;
  readonly settings: RecognitionSettings;
  readonly channels: ChannelMode;
  readonly strict: boolean;
  /** What headerless audio is; undefined: headerless audio is an error. */
  readonly rawFormatOf: (input: Input) => RawFormat | undefined;
  /** Jobs at once; the provider's own limit holds as well. */
  readonly concurrency: number;
  readonly context: ProviderContext;
  readonly temporaryFolder: string;
  readonly onExit: (cleanup: () => void) => () => void;
  readonly listener: JobListener;
}

/** Told what happens, for the terminal. */
export interface JobListener {
  event(input: Input, event: JobEvent): void;
  failed(input: Input, error: AsrError): void;
  /** A file of a folder that is no audio. */
  skipped(input: Input, error: AsrError): void;
}

export interface TranscriptionSummary {
  readonly done: number;
  readonly failures: readonly AsrError[];
  /** Set where the run was stopped: every other input would have failed alike. */
  readonly stoppedBy?: AsrError;
}

/** The error a user sees for whatever was thrown. */
function asAsrError(error: unknown): AsrError {
  if (error instanceof AsrError) return error;
  return new AsrError("internal", messageOf(error), {
    hint: "please report this, with the command and its input",
    cause: error,
  });
}

/**
 * Works through all inputs; one that fails does not stop the others, unless all would fail alike.
 *
 * @throws the signal's reason where the run was aborted.
 */
export async function transcribeInputs(
  request: TranscriptionRequest,
): Promise<TranscriptionSummary> {
  const { context, listener, inputs } = request;
  const failures: AsrError[] = [];
  let stoppedBy: AsrError | undefined;
  let done = 0;
  const allowed =
    context.account.maxConcurrency ?? request.provider.capabilities.limits.maxConcurrency;
  await pMap(
    inputs,
    async (input, index) => {
      if (stoppedBy !== undefined || context.signal.aborted) return;
      const sink = request.openSink(input, index);
      try {
        await transcribeInput(request, input, sink);
        done += 1;
      } catch (thrown) {
        const error = asAsrError(context.signal.aborted ? context.signal.reason : thrown);
        await endInError(sink, error);
        // The others are let end as well: each has a vendor to tell. The reason is thrown below.
        if (context.signal.aborted) return;
        if (!input.explicit && error.kind === "audio" && error.details.notAudio) {
          listener.skipped(input, error);
          return;
        }
        if (error.details.stopsBatch) stoppedBy ??= error;
        failures.push(error);
        listener.failed(input, error);
      }
    },
    { concurrency: Math.min(request.concurrency, allowed) },
  );
  context.signal.throwIfAborted();
  return { done, failures, ...(stoppedBy === undefined ? {} : { stoppedBy }) };
}

/** Lets out what a format had held back, where its text stays; a broken output is known already. */
async function endInError(sink: ResultSink, error: AsrError): Promise<void> {
  try {
    if (error.kind !== "output") await sink.write({ type: "error", error });
  } catch {
    // The first error is the one to report.
  }
  await sink.discard();
}

async function transcribeInput(
  request: TranscriptionRequest,
  input: Input,
  sink: ResultSink,
): Promise<void> {
  const { context, listener, provider, settings, channels, strict } = request;
  const { signal } = context;
  const { source, sha256, close } = digesting(await request.openSource(input));
  const raw = request.rawFormatOf(input);
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
      await withSpool(piped, request, async (spooled) => run(await prepare(spooled)));
    } else await run(prepared);
    await sink.commit();
  } finally {
    await close();
  }
}

/** Has a pipe in a file for as long as `use` takes; the file is gone however that ends. */
async function withSpool(
  piped: ByteSource,
  { temporaryFolder, onExit, context }: TranscriptionRequest,
  use: (spooled: ByteSource) => Promise<void>,
): Promise<void> {
  const forget = onExit(disposeSpooledNow);
  try {
    const spooled = await spool(piped, temporaryFolder, context.signal);
    try {
      await use(spooled);
    } finally {
      await spooled.dispose();
    }
  } finally {
    forget();
  }
}
