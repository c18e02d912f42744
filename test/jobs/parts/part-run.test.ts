import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, it } from "vitest";
import { PartRun } from "../../../src/jobs/parts/part-run.ts";
import type { RecognitionEvent } from "../../../src/transcript/events.ts";

setFlagsFromString("--expose-gc");
const collectGarbage: () => void = runInNewContext("gc");

it("lets go of what its request holds when it has ended: hundreds of parts are minutes of audio", async () => {
  const held: WeakRef<Uint8Array>[] = [];
  async function* events(): AsyncGenerator<RecognitionEvent> {
    const audio = new Uint8Array(100_000);
    held.push(new WeakRef(audio));
    // What a closure uses lives as long as the generator, ended or not.
    const audioMs = () => audio.length;
    yield { type: "progress", audioMs: audioMs() };
  }
  const run = new PartRun(
    { part: { pieces: [{ startMs: 0, endMs: 9 }], overlapMs: 0 }, events },
    1,
  );
  await run.run(() => {});
  // A weak reference holds for as long as the turn in which it was made.
  await new Promise((resolve) => setImmediate(resolve));
  collectGarbage();
  expect(held.map((reference) => reference.deref())).toEqual([undefined]);
  expect(run.state).toBe("done");
});
