/**
 * The worker thread: it holds the model, so that the main thread stays free for Ctrl-C and
 * progress while the model computes. It stays loaded from one recognition to the next.
 */
import { parentPort, workerData } from "node:worker_threads";
import { VoiceActivity } from "../../audio/voice/activity.ts";
import { loadSilero } from "../../audio/voice/silero.ts";
import { gatedRuntime, NativeGate } from "./gate.ts";
import { type FromWorker, type ToWorker, toFailure, type WorkerData } from "./protocol.ts";
import { AsyncQueue } from "./queue.ts";
import { type RecogniserOptions, recogniseSpeech } from "./recogniser.ts";
import { loadRuntime } from "./runtime.ts";
import { Whisper } from "./whisper.ts";

const port = parentPort;
if (port === null) throw new Error("this module is the entry of a worker thread");

const say = (message: FromWorker) => port.postMessage(message);

async function load({ model, gate: memory }: WorkerData) {
  const gate = new NativeGate(memory);
  const runtime = gatedRuntime(await gate.pass(async () => loadRuntime()), gate);
  const silero = await loadSilero(runtime);
  return { silero, whisper: new Whisper(model, runtime) };
}

type Loaded = Awaited<ReturnType<typeof load>>;
let loading: Promise<Loaded> | undefined;
let audio = new AsyncQueue<Float32Array>();

async function recognise(options: RecogniserOptions, samples: AsyncQueue<Float32Array>) {
  try {
    loading ??= load(workerData);
    const { silero, whisper } = await loading;
    whisper.checkLanguage(options.choice.language);
    const activity = new VoiceActivity(silero.scorer());
    const events = recogniseSpeech(acknowledged(samples), whisper, activity, options);
    for await (const event of events) say({ type: "event", event });
    say({ type: "done" });
  } catch (error) {
    say({ type: "failed", failure: toFailure(error) });
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
    void recognise(message.options, audio);
  } else if (message.type === "audio") audio.push(message.samples);
  else audio.end();
});
