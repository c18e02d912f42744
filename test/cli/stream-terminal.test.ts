import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { setImmediate } from "node:timers/promises";
import { describe, expect } from "vitest";
import { displayWidth } from "../../src/terminal/width.ts";
import { itWith } from "../tools.ts";
import type { Recognise } from "../vendors/server/hearing.ts";
import { AUDIO, LAUNCHER } from "./run.ts";
import { openScreen } from "./tmux.ts";
import { openVendor } from "./vendor-accounts.ts";

const ASR = `${process.execPath} ${LAUNCHER}`;
const CLIP = path.join(AUDIO, "en-librivox-0890.wav");

const SENTENCES = [
  "今天天气很好😀我们去公园散步🌳然后在湖边吃午饭🍜下午再一起看电影🎬晚上大家回家休息。",
  "Then we said goodbye 👋 and everybody went home.",
];
const SENTENCE_MS = 4000;

/** Sentences of four seconds each, as much of each as has been spoken. */
const ear: Recognise = ({ durationMs }) =>
  SENTENCES.flatMap((sentence, index) => {
    const startMs = index * SENTENCE_MS;
    if (durationMs <= startMs) return [];
    const endMs = Math.min(startMs + SENTENCE_MS, durationMs);
    const characters = Array.from(sentence);
    const count = Math.ceil((characters.length * (endMs - startMs)) / SENTENCE_MS);
    return [{ text: characters.slice(0, count).join(""), startMs, endMs }];
  });

/** A vendor that stops in the middle of each sentence until it is told to go on. */
async function openHesitant(...slices: readonly number[]) {
  const gates = slices.map((slice) => ({ slice, ...Promise.withResolvers<void>() }));
  const opened = await openVendor("tencent-realtime", {
    recognise: ear,
    faults: gates.map(({ slice, promise }) => ({
      at: ({ indexOnPath }) => indexOnPath === slice,
      fault: { kind: "hold-answer", until: promise },
    })),
  });
  return { ...opened, goOn: gates.map(({ resolve }) => resolve) };
}

const stream = `${ASR} stream -p tencent-realtime --pace real`;

describe("asr stream on a terminal", () => {
  itWith(
    "tmux",
    "redraws one line, the end of it where it is long, and leaves no scrap",
    async () => {
      const { vendor, env, goOn } = await openHesitant(15);
      const columns = 40;
      const screen = await openScreen(`${stream} ${CLIP}`, { columns, env });
      await vendor.waitFor(({ indexOnPath }) => indexOnPath === 15);
      const [partial = "", ...others] = await screen.until(([first = ""]) => /^…/.test(first));
      expect(others).toEqual([]);
      expect(displayWidth(partial)).toBeLessThan(columns);
      expect(displayWidth(partial)).toBeGreaterThan(columns - 8);
      expect(SENTENCES[0]).toContain(partial.slice(1));
      goOn[0]?.();
      const lines = await screen.until((all) => all.includes("exit 0"));
      expect(lines).toEqual([SENTENCES[0], expect.stringMatching(/^Then we said/), "exit 0"]);
    },
  );

  itWith("tmux", "follows a terminal that becomes narrower, and another that widens", async () => {
    const { vendor, env, goOn } = await openHesitant(15, 22);
    // In the first rows tmux would push wrapped lines out of reach.
    const screen = await openScreen(`seq 4; ${stream} ${CLIP}`, { columns: 60, env });
    await vendor.waitFor(({ indexOnPath }) => indexOnPath === 15);
    await screen.until((all) => displayWidth(all[4] ?? "") > 40);
    await screen.resize(24);
    goOn[0]?.();
    await screen.until((all) => /^Then/.test(all.at(-1) ?? ""));
    await screen.resize(70);
    goOn[1]?.();
    await screen.until((all) => all.includes("exit 0"));
    const finals = [SENTENCES[0], expect.stringMatching(/^Then we said/), "exit 0"];
    expect(await screen.allLines()).toEqual(["1", "2", "3", "4", ...finals]);
  });

  itWith("tmux", "clears the line for the end that Ctrl-C brings, the recorder's too", async () => {
    const { vendor, env, goOn } = await openHesitant(15);
    const line = `(cat ${CLIP}; exec sleep 1000) | ${stream}`;
    const screen = await openScreen(`trap : INT; ${line}`, { columns: 80, env });
    await vendor.waitFor(({ indexOnPath }) => indexOnPath === 15);
    await screen.until(([first = ""]) => first.startsWith("今天"));
    await screen.press("C-c");
    goOn[0]?.();
    const lines = await screen.until((all) => all.some((row) => row.startsWith("exit")));
    expect(lines.join("\n")).toMatch(/^今天[^\n]*\n(T[^\n]*\n)?exit 0$/);
    expect(vendor.requests.at(-1)?.parameters.end).toBe("1");
  });

  itWith(
    "tmux",
    "leaves no scrap when Ctrl-Z suspends it, and draws again after that",
    async () => {
      const { vendor, env, goOn } = await openHesitant(15);
      const line = `set -m; ${stream} ${CLIP}; echo stopped; read go; fg`;
      const screen = await openScreen(line, { columns: 80, env });
      await vendor.waitFor(({ indexOnPath }) => indexOnPath === 15);
      await screen.until(([first = ""]) => first.startsWith("今天"));
      await screen.press("C-z");
      const stopped = await screen.until((all) => all.includes("stopped"));
      expect(stopped.join("\n")).not.toContain("今天");
      await screen.press("Enter");
      await screen.until((all) => (all.at(-1) ?? "").startsWith("今天"));
      goOn[0]?.();
      const lines = await screen.until((all) => all.includes("exit 0"));
      expect(lines.slice(-3)).toEqual([
        SENTENCES[0],
        expect.stringMatching(/^Then we said/),
        "exit 0",
      ]);
    },
  );

  itWith("tmux", "keeps the last words in the file when the terminal is closed", async () => {
    const { vendor, env, goOn } = await openHesitant(22);
    // What writes down the exit code outlives the terminal.
    const listen = `(trap "" HUP; ${stream} -o talk.txt; echo $? > end; mv end code)`;
    const line = `(cat ${CLIP}; exec sleep 1000) | ${listen}`;
    const screen = await openScreen(line, { columns: 80, env });
    await vendor.waitFor(({ indexOnPath }) => indexOnPath === 22);
    await screen.close();
    goOn[0]?.();
    const code = path.join(screen.folder, "code");
    await vendor.waitFor(({ parameters }) => parameters.end === "1");
    while (!existsSync(code)) await setImmediate();
    expect(await readFile(code, "utf8")).toBe("0\n");
    const text = await readFile(path.join(screen.folder, "talk.txt"), "utf8");
    expect(text).toMatch(new RegExp(`^${SENTENCES[0]}\nT.*\n$`));
  });

  itWith("tmux", "shows the partial beside a redirected result, and the lag", async () => {
    const { vendor, env, goOn } = await openHesitant(8);
    const screen = await openScreen(`${stream} ${CLIP} > text; cat text`, { columns: 80, env });
    await vendor.waitFor(({ indexOnPath }) => indexOnPath === 8);
    await screen.until(([first = ""]) => /^今天.* \(\d s behind\)$/.test(first));
    goOn[0]?.();
    const lines = await screen.until((all) => all.includes("exit 0"));
    expect(lines).toEqual([SENTENCES[0], expect.stringMatching(/^Then we said/), "exit 0"]);
  });

  itWith("tmux", "draws nothing where that is not wanted", async () => {
    const { env } = await openHesitant();
    const fast = `${ASR} stream -p tencent-realtime ${CLIP}`;
    for (const plain of [`TERM=dumb ${fast}`, `${fast} -q`, `${fast} --log-format json`]) {
      const screen = await openScreen(`script -qec '${plain}' sent`, { columns: 80, env });
      await screen.until((all) => all.includes("exit 0"));
      // All that the terminal was sent.
      const sent = await readFile(path.join(screen.folder, "sent"), "utf8");
      expect(sent).toContain(SENTENCES[0]);
      expect(sent).not.toMatch(/\u001b|\u2026/);
    }
  });

  itWith("tmux", "asks for input where stdin is the terminal", async () => {
    const { env } = await openHesitant();
    const screen = await openScreen(`${ASR} stream`, { columns: 80, env });
    const lines = await screen.until((all) => all.includes("exit 2"));
    expect(lines.join("\n")).toContain("--mic");
  });
});
