import { execFileSync } from "node:child_process";
import { open, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { setImmediate } from "node:timers/promises";
import { expect, it } from "vitest";
import { openDevice } from "../../../src/jobs/outputs/device-file.ts";
import { itWith } from "../../tools.ts";
import { sinkContext, temporaryFolder } from "../place.ts";

function makeFifo(): string {
  const fifo = path.join(temporaryFolder(), "fifo");
  execFileSync("mkfifo", [fifo]);
  return fifo;
}

itWith("mkfifo", "a pipe's reader may come later, and be slow", async () => {
  const fifo = makeFifo();
  // More than a pipe holds (pipe(7): 64 KiB), so that writing has to wait too.
  const text = "text ".repeat(50_000);
  let pauses = 0;
  let reading: Promise<string> | undefined;
  const sleep = async () => {
    pauses += 1;
    reading ??= readFile(fifo, "utf8");
    await setImmediate();
  };
  const result = openDevice(fifo, true, sinkContext({ clock: { sleep } }));
  await result.append(text);
  await result.commit();
  expect(await reading).toBe(text);
  expect(pauses).toBeGreaterThan(0);
});

itWith("mkfifo", "a pipe that nobody reads can be given up", async () => {
  const controller = new AbortController();
  const reason = new Error("interrupted");
  const sleep = async () => controller.abort(reason);
  const context = sinkContext({ signal: controller.signal, clock: { sleep } });
  const result = openDevice(makeFifo(), true, context);
  await expect(result.append("text")).rejects.toMatchObject({ cause: reason });
  await result.discard();
});

itWith("mkfifo", "a pipe that is full and whose reader has stopped can be given up", async () => {
  const fifo = makeFifo();
  const controller = new AbortController();
  const sleep = async () => controller.abort(new Error("interrupted"));
  const reader = await open(fifo, "r+");
  try {
    const context = sinkContext({ signal: controller.signal, clock: { sleep } });
    const result = openDevice(fifo, true, context);
    await expect(result.append("x".repeat(200_000))).rejects.toBeInstanceOf(Error);
    await result.discard();
  } finally {
    await reader.close();
  }
});

it("what a descriptor's file held stays, as after a shell's >>", async () => {
  const file = path.join(temporaryFolder(), "log.txt");
  await writeFile(file, "before\n");
  const handle = await open(file, "a");
  try {
    const result = openDevice(`/proc/self/fd/${handle.fd}`, false, sinkContext());
    await result.append("after\n");
    await result.commit();
  } finally {
    await handle.close();
  }
  expect(await readFile(file, "utf8")).toBe("before\nafter\n");
});
