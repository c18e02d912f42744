import { describe, expect, it } from "vitest";
import { untilEnding } from "../../src/audio/until-ending.ts";

/** A pipe: what is put into it comes out, and its wait ends by the signal alone. */
function pipe() {
  const waiting: Uint8Array[] = [];
  let wake = Promise.withResolvers<void>();
  return {
    put(byte: number) {
      waiting.push(Uint8Array.of(byte));
      wake.resolve();
    },
    async *open(signal: AbortSignal) {
      for (;;) {
        for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) yield next;
        wake = Promise.withResolvers();
        signal.addEventListener("abort", () => wake.reject(signal.reason), { once: true });
        await wake.promise;
      }
    },
  };
}

/** Sleeps that end when the test says so. */
function handSleep() {
  const over = Promise.withResolvers<void>();
  const asked: number[] = [];
  const sleep = (ms: number) => {
    asked.push(ms);
    return over.promise;
  };
  return { asked, sleep, wake: over.resolve };
}

const signal = new AbortController().signal;

async function collect(chunks: AsyncIterable<Uint8Array>): Promise<number[]> {
  const bytes: number[] = [];
  for await (const [byte = -1] of chunks) bytes.push(byte);
  return bytes;
}

describe("live input that is told to end", () => {
  it("gives what comes within the grace, and ends without an error", async () => {
    const source = pipe();
    const ending = new AbortController();
    const { asked, sleep, wake } = handSleep();
    const input = untilEnding(source.open, { ending: ending.signal, graceMs: 250, sleep, signal });
    const heard = collect(input.chunks);
    source.put(1);
    ending.abort();
    source.put(2);
    expect(asked).toEqual([250]);
    expect(input.ended.aborted).toBe(false);
    await new Promise(setImmediate);
    wake();
    expect(await heard).toEqual([1, 2]);
    expect(input.ended.aborted).toBe(true);
  });

  it("ends at once where nothing can be on its way, and where its end comes first", async () => {
    const source = pipe();
    const ending = new AbortController();
    const { sleep } = handSleep();
    const input = untilEnding(source.open, { ending: ending.signal, graceMs: 0, sleep, signal });
    const heard = collect(input.chunks);
    ending.abort();
    expect(await heard).toEqual([]);
    async function* short() {
      yield Uint8Array.of(1);
    }
    const told = AbortSignal.abort();
    const options = { ending: told, graceMs: 250, sleep, signal };
    const over = untilEnding(short, options);
    expect(await collect(over.chunks)).toEqual([1]);
    expect(over.ended.aborted).toBe(true);
  });

  it("is no end of a session where the input ended by itself", async () => {
    async function* short() {
      yield Uint8Array.of(1);
    }
    const { sleep } = handSleep();
    const ending = new AbortController().signal;
    const input = untilEnding(short, { ending, graceMs: 250, sleep, signal });
    expect(await collect(input.chunks)).toEqual([1]);
    expect(input.ended.aborted).toBe(false);
  });

  it.each([0, 250])(
    "hears that it is to end after its own end, at once (%i ms)",
    async (graceMs) => {
      async function* short() {
        yield Uint8Array.of(1);
      }
      const { asked, sleep } = handSleep();
      const ending = new AbortController();
      const input = untilEnding(short, { ending: ending.signal, graceMs, sleep, signal });
      expect(await collect(input.chunks)).toEqual([1]);
      ending.abort();
      expect(input.ended.aborted).toBe(true);
      expect(asked).toEqual([]);
    },
  );

  it("hears it too where its reader had enough, until the job is over", async () => {
    const { sleep } = handSleep();
    const open = () => {
      const ending = new AbortController();
      const options = { ending: ending.signal, graceMs: 250, sleep, signal };
      return { ending, input: untilEnding(pipe().open, options) };
    };
    const left = open();
    await left.input.chunks[Symbol.asyncIterator]().return?.();
    left.ending.abort();
    expect(left.input.ended.aborted).toBe(true);
    const over = open();
    over.input.close();
    over.ending.abort();
    expect(over.input.ended.aborted).toBe(false);
  });

  it("lets a reader go who waits, and hands on what went wrong", async () => {
    const { sleep } = handSleep();
    const ending = new AbortController().signal;
    const input = untilEnding(pipe().open, { ending, graceMs: 250, sleep, signal });
    const iterator = input.chunks[Symbol.asyncIterator]();
    const next = iterator.next();
    await iterator.return?.();
    expect(await next).toEqual({ done: true, value: undefined });
    async function* broken() {
      yield Uint8Array.of(1);
      throw new Error("broken");
    }
    const failing = untilEnding(broken, { ending, graceMs: 250, sleep, signal });
    await expect(collect(failing.chunks)).rejects.toThrow("broken");
    const stop = new AbortController();
    const stopped = untilEnding(pipe().open, { ending, graceMs: 1, sleep, signal: stop.signal });
    const heard = collect(stopped.chunks);
    stop.abort(new Error("interrupted"));
    await expect(heard).rejects.toThrow("interrupted");
  });
});
