/**
 * The worker thread: it holds the model, so that the main thread stays free for Ctrl-C and
 * progress while the model computes. The model stays loaded from one recognition to the next.
 */
import { parentPort, workerData } from "node:worker_threads";
import { VoiceActivity } from "../../audio/voice/activity.ts";
import { loadSilero, type SileroModel } from "../../audio/voice/silero.ts";
import { gatedRuntime, NativeGate, Stopped } from "./gate.ts";
import type { ModelFolder } from "./model.ts";
import { type FromWorker, type ToWorker, toFailure, type WorkerData } from "./protocol.ts";
import { AsyncQueue } from "./queue.ts";
import { type RecogniserOptions, recogniseSpeech } from "./recogniser.ts";
import { loadRuntime } from "./runtime.ts";
import { Whisper } from "./whisper.ts";

const port = parentPort;
if (port === null) throw new Error("this module is the entry of a worker thread");

const say = (message: FromWorker) => port.postMessage(message);

const { gate: gateMemory }: WorkerData = workerData;
const gate = new NativeGate(gateMemory);

let silero: SileroModel | undefined;
let whisper: Whisper | undefined;
let audio = new AsyncQueue<Float32Array>();

/** The model that was used last is kept; another one takes its place. */
async function load(model: ModelFolder): Promise<{ silero: SileroModel; whisper: Whisper }> {
  const native = await gate.pass(async () => loadRuntime());
  const runtime = gatedRuntime(native, gate);
  silero ??= await loadSilero(runtime);
  if (whisper?.path !== model.path) {
    const before = whisper;
    whisper = undefined;
    await before?.release();
    whisper = new Whisper(model, runtime);
  }
  return { silero, whisper };
}

async function recognise(
  model: ModelFolder,
  options: RecogniserOptions,
  samples: AsyncQueue<Float32Array>,
): Promise<void> {
  try {
    const loaded = await load(model);
    loaded.whisper.checkLanguage(options.choice.language);
    const activity = new VoiceActivity(loaded.silero.scorer());
    const events = recogniseSpeech(acknowledged(samples), loaded.whisper, activity, options);
    for await (const event of events) say({ type: "event", event });
    say({ type: "over" });
  } catch (error) {
    say({ type: "over", failure: toFailure(error) });
  }
}

/** A block is taken when the next is asked for: then it was worked through. */
async function* acknowledged(samples: AsyncIterable<Float32Array>): AsyncGenerator<Float32Array> {
  for await (const block of samples) {
    yield block;
    say({ type: "taken" });
  }
}

port.on("message", (message: ToWorker) => {
  if (message.type === "start") {
    audio = new AsyncQueue();
    void recognise(message.model, message.options, audio);
  } else if (message.type === "audio") audio.push(message.samples);
  else if (message.type === "end") audio.end();
  else audio.fail(new Stopped());
});
