import { Writable } from "node:stream";
import { describe, expect, it } from "vitest";
import { textOutput } from "../src/process-world.ts";

/** A stream that fails with that code, on a terminal or not. */
function outputOf(code: string, isTTY: boolean) {
  const broken = new Writable({
    write: (_chunk, _encoding, done) => done(Object.assign(new Error(code), { code })),
  });
  const stream = Object.assign(broken, {
    isTTY,
    getWindowSize: (): [number, number] => [80, 24],
  });
  const failed = new Promise<void>((resolve) => stream.once("close", resolve));
  let closed = 0;
  const output = textOutput(stream, () => {
    closed += 1;
  });
  return { output, failed, closedTimes: () => closed };
}

describe("writing to an output", () => {
  it.each([
    ["a pipe without a reader", "EPIPE", false],
    ["a terminal that was closed", "EIO", true],
  ])("hears of %s as a reader that went away", async (_what, code, isTTY) => {
    const { output, failed, closedTimes } = outputOf(code, isTTY);
    await expect(output.write("text")).rejects.toMatchObject({ kind: "interrupted", exitCode: 0 });
    await failed;
    expect(closedTimes()).toBe(1);
  });

  it.each([
    ["a full disk", "ENOSPC"],
    ["a disk that is broken", "EIO"],
  ])("fails for %s", async (_what, code) => {
    const { output, failed, closedTimes } = outputOf(code, false);
    await expect(output.write("text")).rejects.toMatchObject({
      kind: "output",
      details: { reason: code },
    });
    await failed;
    expect(closedTimes()).toBe(0);
  });
});
