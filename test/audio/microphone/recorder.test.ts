import { setTimeout as timer } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { type RunningRecorder, startRecorder } from "../../../src/audio/microphone/recorder.ts";

const sleep = (ms: number, signal: AbortSignal) => timer(ms, undefined, { signal });

/** A recorder that is a shell script, with what it said and what runs at the end of the process. */
async function start(script: string) {
  const said: string[] = [];
  const cleanups = new Set<() => void>();
  const recorder = await startRecorder(
    {
      name: "arecord",
      program: "/bin/sh",
      words: ["-c", script],
      environment: { PATH: process.env.PATH ?? "" },
    },
    {
      platform: process.platform,
      sleep,
      onExit: (cleanup) => {
        cleanups.add(cleanup);
        return () => cleanups.delete(cleanup);
      },
      log: (line) => said.push(line),
    },
  );
  return { recorder, said, cleanups };
}

const signal = new AbortController().signal;

async function textOf(recorder: RunningRecorder, onText = (_: string) => {}): Promise<string> {
  let text = "";
  for await (const chunk of recorder.chunks(signal)) {
    text += Buffer.from(chunk).toString();
    onText(text);
  }
  return text;
}

describe.skipIf(process.platform === "win32")("a recorder", () => {
  it("hands on what it still has when it is told to stop", async () => {
    const script = `trap 'printf end; exit 1' INT; printf begin; while :; do sleep 0.01; done`;
    const { recorder, cleanups } = await start(script);
    const text = await textOf(recorder, (so) => {
      if (so === "begin") recorder.stop();
    });
    expect(text).toBe("beginend");
    await recorder.gone();
    expect(cleanups.size).toBe(0);
  });

  it("is killed with its children where it does not stop", async () => {
    const { recorder } = await start("trap '' INT; echo $$; sleep 1000 & wait");
    let pid = 0;
    await textOf(recorder, (text) => {
      pid = Number(text);
      recorder.stop();
    });
    await recorder.gone();
    expect(pid).toBeGreaterThan(0);
    // The pipe is closed: nobody of the group holds it any more.
    expect(() => process.kill(pid, 0)).toThrow("ESRCH");
  });

  it("goes when nobody listens any more, and with the process", async () => {
    const { recorder, cleanups } = await start("echo $$; exec sleep 1000");
    for await (const chunk of recorder.chunks(signal)) {
      const pid = Number(Buffer.from(chunk).toString());
      for (const cleanup of cleanups) cleanup();
      await recorder.gone();
      expect(() => process.kill(pid, 0)).toThrow("ESRCH");
      break;
    }
  });

  it("that dies is an error with its last words; one that ends after samples is not", async () => {
    const dead = await start("printf samples; echo one >&2; echo 'two\u0007' >&2; exit 3");
    await expect(textOf(dead.recorder)).rejects.toMatchObject({
      kind: "audio",
      message: "the recorder arecord ended",
      details: { reason: "two (exit code 3)" },
    });
    expect(dead.said).toEqual(["one", "two"]);
    expect(await textOf((await start("printf samples")).recorder)).toBe("samples");
    await expect(textOf((await start("exit 0")).recorder)).rejects.toMatchObject({ kind: "audio" });
    await expect(textOf((await start("kill -KILL $$")).recorder)).rejects.toMatchObject({
      details: { reason: "signal SIGKILL" },
    });
  });

  it("ends its pass with the signal's reason", async () => {
    const { recorder } = await start("printf begin; exec sleep 1000");
    const stop = new AbortController();
    const listening = (async () => {
      for await (const _ of recorder.chunks(stop.signal)) stop.abort(new Error("stopped"));
    })();
    await expect(listening).rejects.toThrow("stopped");
    await recorder.gone();
  });

  it("that can't be started says so", async () => {
    const found = { name: "arecord", program: "/nowhere/arecord", words: [], environment: {} };
    const world = { platform: process.platform, sleep, onExit: () => () => {}, log: () => {} };
    await expect(startRecorder(found, world)).rejects.toMatchObject({ kind: "usage" });
  });
});
