/**
 * The main thread's side of the worker. A worker that has done its work is kept, with its model,
 * for the next recognition: many short recordings load it once. Kept, it does not hold up the
 * process's end. A second recognition at the same time gets a worker of its own.
 */
import { Worker } from "node:worker_threads";
import type { RecognitionEvent } from "../../transcript/events.ts";
import { Credit, samplesOf } from "./feed.ts";
import type { ModelFolder } from "./model.ts";
import { type FromWorker, fromFailure, type ToWorker, type WorkerData } from "./protocol.ts";
import { AsyncQueue } from "./queue.ts";
import type { RecogniserOptions } from "./recogniser.ts";

/** The one worker that waits for work, and the folder of its model. */
let idle: { readonly worker: Worker; readonly modelPath: string } | undefined;

/** In the sources the worker is a module beside this one; bundled, a file beside the bundle. */
function workerUrl(): URL {
  const entry = import.meta.url.endsWith(".ts") ? "./worker.ts" : "./local-worker.js";
  return new URL(entry, import.meta.url);
}

async function takeWorker(model: ModelFolder): Promise<Worker> {
  const kept = idle;
  idle = undefined;
  if (kept?.modelPath === model.path) {
    kept.worker.ref();
    return kept.worker;
  }
  await kept?.worker.terminate();
  const workerData: WorkerData = { model };
  return new Worker(workerUrl(), { workerData, name: "asr-local" });
}

async function keepWorker(worker: Worker, model: ModelFolder): Promise<void> {
  if (idle !== undefined) {
    await worker.terminate();
    return;
  }
  worker.unref();
  idle = { worker, modelPath: model.path };
}

/** Ends the worker that is kept, and frees its model's memory. */
export async function releaseIdleWorker(): Promise<void> {
  const kept = idle;
  idle = undefined;
  await kept?.worker.terminate();
}

/**
 * Recognises audio in the worker.
 *
 * @param audio f32le, mono, 16 kHz
 * @throws AsrError from the worker, the audio's own error, or the signal's reason
 */
export async function* recogniseInWorker(
  model: ModelFolder,
  options: RecogniserOptions,
  audio: (signal: AbortSignal) => AsyncIterable<Uint8Array>,
  signal: AbortSignal,
): AsyncGenerator<RecognitionEvent> {
  signal.throwIfAborted();
  const worker = await takeWorker(model);
  const events = new AsyncQueue<RecognitionEvent>();
  const credit = new Credit();
  const stopped = new AbortController();
  const listeners = {
    message: (message: FromWorker) => {
      if (message.type === "event") events.push(message.event);
      else if (message.type === "taken") credit.give();
      else if (message.type === "done") events.end();
      else events.fail(fromFailure(message.failure));
    },
    error: (error: unknown) => events.fail(error),
    exit: () => events.fail(new Error("the recogniser's worker ended unexpectedly")),
  };
  const abort = () => events.fail(signal.reason);
  for (const [name, listener] of Object.entries(listeners)) worker.on(name, listener);
  signal.addEventListener("abort", abort);
  let finished = false;
  try {
    signal.throwIfAborted();
    const source = audio(AbortSignal.any([signal, stopped.signal]));
    void feed(worker, options, source, credit).catch((error) => events.fail(error));
    yield* events;
    finished = true;
  } finally {
    signal.removeEventListener("abort", abort);
    for (const [name, listener] of Object.entries(listeners)) worker.off(name, listener);
    stopped.abort();
    if (finished) await keepWorker(worker, model);
    else await worker.terminate();
  }
}

async function feed(
  worker: Worker,
  options: RecogniserOptions,
  audio: AsyncIterable<Uint8Array>,
  credit: Credit,
): Promise<void> {
  const say = (message: ToWorker, transfer: ArrayBuffer[] = []) =>
    worker.postMessage(message, transfer);
  say({ type: "start", options });
  for await (const samples of samplesOf(audio)) {
    await credit.spend();
    say({ type: "audio", samples }, [samples.buffer]);
  }
  say({ type: "end" });
}
