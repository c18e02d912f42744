/**
 * A gate around native calls, shared by two threads. A thread that is ended inside a call of the
 * runtime takes the whole process down ("terminate called after throwing an instance of
 * 'Napi::Error'"), so whoever ends it closes the gate first and waits until nobody is inside.
 */
import type { OnnxRuntime, OnnxSession } from "../../audio/voice/onnx.ts";

const CLOSED = 0;
const INSIDE = 1;
const YES = 1;
const NO = 0;

/** The longest a call takes is a second or two; after this something is wrong anyway. */
const PATIENCE_MS = 10_000;

/** Thrown instead of entering a closed gate. */
export class GateClosed extends Error {
  override readonly name = "GateClosed";

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

  /** @throws GateClosed instead of calling, once the gate is closed */
  async pass<Result>(call: () => Promise<Result>): Promise<Result> {
    // First in, then a look at the gate, while `close` does the two the other way round: one of
    // them sees the other.
    Atomics.store(this.#state, INSIDE, YES);
    try {
      if (Atomics.load(this.#state, CLOSED) === YES) throw new GateClosed();
      return await call();
    } finally {
      Atomics.store(this.#state, INSIDE, NO);
      Atomics.notify(this.#state, INSIDE);
    }
  }

  /** Lets nobody in any more; resolves when nobody is inside. */
  async close(): Promise<void> {
    Atomics.store(this.#state, CLOSED, YES);
    const waiting = Atomics.waitAsync(this.#state, INSIDE, YES, PATIENCE_MS);
    if (waiting.async) await waiting.value;
  }

  /** As {@link close}, blocking: for the end of the process, when nothing can be awaited. */
  closeNow(): void {
    Atomics.store(this.#state, CLOSED, YES);
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
