/**
 * A gate around native calls, shared by the worker and the main thread. `onnxruntime-node` can't
 * be interrupted: a thread that is ended inside one of its calls takes the whole process down
 * ("terminate called after throwing an instance of 'Napi::Error'"). Nor can it be loaded again
 * after its thread has ended. So the thread lives as long as the process; a recognition is
 * stopped by closing the gate in front of its next native call, half a second away at most on
 * any usual machine.
 */
import type { OnnxRuntime, OnnxSession } from "../../audio/voice/onnx.ts";

const CLOSED = 0;
const INSIDE = 1;
const YES = 1;
const NO = 0;

/** At the end of the process; after this something is wrong anyway. */
const PATIENCE_MS = 10_000;

/** Thrown instead of entering a closed gate. */
export class Stopped extends Error {
  override readonly name = "Stopped";

  constructor() {
    super("the recognition was stopped");
  }
}

export class NativeGate {
  /** To be given to the other thread. */
  readonly memory: SharedArrayBuffer;
  readonly #state: Int32Array<SharedArrayBuffer>;

  constructor(memory = new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT)) {
    this.memory = memory;
    this.#state = new Int32Array(memory);
  }

  /** @throws Stopped instead of calling while the gate is closed */
  async pass<Result>(call: () => Promise<Result>): Promise<Result> {
    // First in, then a look at the gate; `closeForGood` does the two the other way round. So one
    // of them sees the other.
    Atomics.store(this.#state, INSIDE, YES);
    try {
      if (Atomics.load(this.#state, CLOSED) === YES) throw new Stopped();
      return await call();
    } finally {
      Atomics.store(this.#state, INSIDE, NO);
      Atomics.notify(this.#state, INSIDE);
    }
  }

  close(): void {
    Atomics.store(this.#state, CLOSED, YES);
  }

  open(): void {
    Atomics.store(this.#state, CLOSED, NO);
  }

  /** For the end of the process, when nothing can be awaited: blocks until nobody is inside. */
  closeForGood(): void {
    this.close();
    Atomics.wait(this.#state, INSIDE, YES, PATIENCE_MS);
  }
}

/** The runtime with every native call behind the gate. */
export function gatedRuntime(runtime: OnnxRuntime, gate: NativeGate): OnnxRuntime {
  return {
    Tensor: runtime.Tensor,
    InferenceSession: {
      async create(model, options) {
        const session = await gate.pass(() => runtime.InferenceSession.create(model, options));
        return gatedSession(session, gate);
      },
    },
  };
}

function gatedSession(session: OnnxSession, gate: NativeGate): OnnxSession {
  return {
    run: (feeds) => gate.pass(() => session.run(feeds)),
    release: () => gate.pass(() => session.release()),
  };
}
