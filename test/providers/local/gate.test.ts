import { Worker } from "node:worker_threads";
import { describe, expect, it } from "vitest";
import { NativeGate, Stopped } from "../../../src/providers/local/gate.ts";

describe("the gate", () => {
  it("lets nobody in while it is closed", async () => {
    const gate = new NativeGate();
    const other = new NativeGate(gate.memory);
    expect(await other.pass(async () => "in")).toBe("in");
    gate.close();
    await expect(other.pass(async () => "in")).rejects.toThrow(Stopped);
    gate.open();
    expect(await other.pass(async () => "in")).toBe("in");
  });

  it("keeps the end of the process waiting for who is inside", async () => {
    const gate = new NativeGate();
    const state = new Int32Array(new SharedArrayBuffer(4));
    const source = `
      const { workerData: { module, memory, state } } = require("node:worker_threads");
      import(module).then(({ NativeGate }) => new NativeGate(memory).pass(async () => {
        Atomics.store(state, 0, 1);
        Atomics.notify(state, 0);
        Atomics.wait(state, 0, 1, 50);
        Atomics.store(state, 0, 2);
      }));`;
    const module = new URL("../../../src/providers/local/gate.ts", import.meta.url).href;
    const worker = new Worker(source, {
      eval: true,
      workerData: { module, memory: gate.memory, state },
    });
    await Atomics.waitAsync(state, 0, 0).value;
    gate.closeForGood();
    expect(Atomics.load(state, 0)).toBe(2);
    await worker.terminate();
  });
});
