/**
 * The main thread's side of the worker. There is one worker in a process, made when it is first
 * needed and kept with its model: many short recordings load it once. Between recognitions it
 * does not hold up the end of the process.
 */
import { Worker } from "node:worker_threads";
import { workerEntry } from "../../installation/program-files.ts";
import type { RecognitionEvent } from "../../transcript/events.ts";
import { Credit, samplesOf } from "./feed.ts";
import { NativeGate } from "./gate.ts";
import type { ModelFolder } from "./model.ts";
import { type FromWorker, fromFailure, type ToWorker, type WorkerData } from "./protocol.ts";
import { AsyncQueue } from "./queue.ts";
import type { RecogniserOptions } from "./recogniser.ts";
import { Turns } from "./turns.ts";

interface ModelWorker {
  readonly thread: Worker;
  readonly gate: NativeGate;
}

const turns = new Turns();
let worker: ModelWorker | undefined;

function startWorker(): ModelWorker {
  const gate = new NativeGate();
  const workerData: WorkerData = { gate: gate.memory };
  const { entry, eval: isScript } = workerEntry();
  const thread = new Worker(entry, { eval: isScript, workerData, name: "asr-local" });
  thread.on("exit", () => {
    worker = undefined;
  });
  // The end of the process ends the thread, also within a native call.
  process.on("exit", () => gate.closeForGood());
  return { thread, gate };
}

/**
 * Recognises audio in the worker, after the recognitions that were begun before.
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
  const endTurn = await turns.take(signal);
  try {
    worker ??= startWorker();
    yield* converse(worker, { type: "start", model, options }, audio, signal);
  } finally {
    endTurn();
  }
}

async function* converse(
  { thread, gate }: ModelWorker,
  start: ToWorker,
  audio: (signal: AbortSignal) => AsyncIterable<Uint8Array>,
  signal: AbortSignal,
): AsyncGenerator<RecognitionEvent> {
  const events = new AsyncQueue<RecognitionEvent>();
  const credit = new Credit();
  const stopped = new AbortController();
  const over = Promise.withResolvers<void>();
  const listeners = {
    message: (message: FromWorker) => {
      if (message.type === "event") events.push(message.event);
      else if (message.type === "taken") credit.give();
      else {
        if (message.failure === undefined) events.end();
        else events.fail(fromFailure(message.failure));
        over.resolve();
      }
    },
    error: (error: unknown) => events.fail(error),
    exit: () => {
      events.fail(new Error("the recogniser's worker ended unexpectedly"));
      over.resolve();
    },
  };
  const abort = () => events.fail(signal.reason);
  for (const [name, listener] of Object.entries(listeners)) thread.on(name, listener);
  signal.addEventListener("abort", abort);
  thread.ref();
  thread.postMessage(start);
  let finished = false;
  try {
    signal.throwIfAborted();
    const source = audio(AbortSignal.any([signal, stopped.signal]));
    void feed(thread, source, credit, stopped.signal).catch((error) => events.fail(error));
    yield* events;
    finished = true;
  } finally {
    signal.removeEventListener("abort", abort);
    stopped.abort();
    // Wakes the feed where it waits, so that it closes its source.
    credit.give();
    if (!finished) {
      gate.close();
      thread.postMessage({ type: "stop" } satisfies ToWorker);
      await over.promise;
      gate.open();
    }
    for (const [name, listener] of Object.entries(listeners)) thread.off(name, listener);
    thread.unref();
  }
}

async function feed(
  thread: Worker,
  audio: AsyncIterable<Uint8Array>,
  credit: Credit,
  stopped: AbortSignal,
): Promise<void> {
  const say = (message: ToWorker, transfer: ArrayBuffer[] = []) =>
    thread.postMessage(message, transfer);
  for await (const samples of samplesOf(audio)) {
    await credit.spend();
    if (stopped.aborted) return;
    say({ type: "audio", samples }, [samples.buffer]);
  }
  if (!stopped.aborted) say({ type: "end" });
}
