/**
 * The main thread's side of the worker. A worker that has done its work is kept, with its model,
 * for the next recognition: many short recordings load it once. Kept, it does not hold up the
 * process's end. A second recognition at the same time gets a worker of its own.
 */
import { Worker } from "node:worker_threads";
import type { RecognitionEvent } from "../../transcript/events.ts";
import { Credit, samplesOf } from "./feed.ts";
import { NativeGate } from "./gate.ts";
import type { ModelFolder } from "./model.ts";
import { type FromWorker, fromFailure, type ToWorker, type WorkerData } from "./protocol.ts";
import { AsyncQueue } from "./queue.ts";
import type { RecogniserOptions } from "./recogniser.ts";
import { loadRuntime } from "./runtime.ts";

/** A worker and what is needed to end it. */
class ModelWorker {
  readonly thread: Worker;
  readonly modelPath: string;
  readonly #gate = new NativeGate();
  readonly #atExit = () => this.#gate.closeNow();

  constructor(model: ModelFolder) {
    // Held here as well, though not used: where only workers have loaded the native module, it
    // can never be loaded again once the last of them was ended ("did not self-register").
    loadRuntime();
    const workerData: WorkerData = { model, gate: this.#gate.memory };
    this.thread = new Worker(workerUrl(), { workerData, name: "asr-local" });
    this.modelPath = model.path;
    // `process.exit` ends the thread as well.
    process.on("exit", this.#atExit);
  }

  /** Waits for the native call that the thread is in, a second at most on any usual machine. */
  async end(): Promise<void> {
    await this.#gate.close();
    await this.thread.terminate();
    process.off("exit", this.#atExit);
  }
}

/** In the sources the worker is a module beside this one; bundled, a file beside the bundle. */
function workerUrl(): URL {
  const entry = import.meta.url.endsWith(".ts") ? "./worker.ts" : "./local-worker.js";
  return new URL(entry, import.meta.url);
}

/** The one worker that waits for work. */
let idle: ModelWorker | undefined;

async function takeWorker(model: ModelFolder): Promise<ModelWorker> {
  const kept = idle;
  idle = undefined;
  if (kept?.modelPath !== model.path) {
    await kept?.end();
    return new ModelWorker(model);
  }
  kept.thread.ref();
  return kept;
}

async function keepWorker(worker: ModelWorker): Promise<void> {
  if (idle !== undefined) return worker.end();
  worker.thread.unref();
  idle = worker;
}

/** Ends the worker that is kept, and frees its model's memory. */
export async function releaseIdleWorker(): Promise<void> {
  const kept = idle;
  idle = undefined;
  await kept?.end();
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
  const { thread } = worker;
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
  for (const [name, listener] of Object.entries(listeners)) thread.on(name, listener);
  signal.addEventListener("abort", abort);
  let finished = false;
  try {
    signal.throwIfAborted();
    const source = audio(AbortSignal.any([signal, stopped.signal]));
    void feed(thread, options, source, credit).catch((error) => events.fail(error));
    yield* events;
    finished = true;
  } finally {
    signal.removeEventListener("abort", abort);
    for (const [name, listener] of Object.entries(listeners)) thread.off(name, listener);
    stopped.abort();
    if (finished) await keepWorker(worker);
    else await worker.end();
  }
}

async function feed(
  thread: Worker,
  options: RecogniserOptions,
  audio: AsyncIterable<Uint8Array>,
  credit: Credit,
): Promise<void> {
  const say = (message: ToWorker, transfer: ArrayBuffer[] = []) =>
    thread.postMessage(message, transfer);
  say({ type: "start", options });
  for await (const samples of samplesOf(audio)) {
    await credit.spend();
    say({ type: "audio", samples }, [samples.buffer]);
  }
  say({ type: "end" });
}
