/** A terminal that tests can look at: tmux, with a server of its own. */
import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import path from "node:path";
import { promisify } from "node:util";
import { onTestFinished } from "vitest";
import { temporaryFolder } from "./run.ts";

const run = promisify(execFile);

export interface Screen {
  /** The working folder. */
  readonly folder: string;
  /** The lines on it, without blanks at their ends, up to the last that is not empty. */
  lines(): Promise<string[]>;
  /** With the lines that have scrolled away. */
  allLines(): Promise<string[]>;
  /** The lines as soon as they are so. */
  until(holds: (lines: readonly string[]) => boolean): Promise<string[]>;
  /** Resolves when programs can know. */
  resize(columns: number): Promise<void>;
  /** Keys by tmux's names: "C-c". */
  press(key: string): Promise<void>;
  /** As a user closes a window. */
  close(): Promise<void>;
}

/** Runs a shell line on a terminal of that size; it stays when the line has ended. */
export async function openScreen(
  line: string,
  { columns, rows = 20, env }: ScreenShape,
): Promise<Screen> {
  const home = temporaryFolder();
  const socket = path.join(home, randomUUID().slice(0, 8));
  const tmux = async (...words: string[]): Promise<string> =>
    (
      await run("tmux", ["-u", "-S", socket, "-f", "/dev/null", ...words], {
        env: { ...base, ...env },
      })
    ).stdout;
  const base = {
    PATH: process.env.PATH ?? "",
    HOME: home,
    TERM: "xterm-256color",
    LANG: "C.UTF-8",
  };
  await tmux(
    ...["new-session", "-d", "-x", String(columns), "-y", String(rows), "-c", home],
    ...["sh", "-c", `${line}; echo "exit $?"; exec cat`],
  );
  onTestFinished(async () => void (await tmux("kill-server").catch(() => {})));
  const lines = async (...which: string[]): Promise<string[]> => {
    const text = (await tmux("capture-pane", "-p", "-J", ...which)).replace(/\s+$/, "");
    if (text === "") return [];
    return text.split("\n").map((row) => row.trimEnd());
  };
  return {
    folder: home,
    lines: () => lines(),
    allLines: () => lines("-S", "-"),
    async until(holds) {
      for (;;) {
        const now = await lines();
        if (holds(now)) return now;
      }
    },
    async resize(width) {
      await tmux("resize-window", "-x", String(width), "-y", String(rows));
      const terminal = (await tmux("display-message", "-p", "#{pane_tty}")).trim();
      // tmux tells the program a quarter of a second later.
      for (let size = ""; !size.endsWith(` ${width}\n`); ) {
        size = (await run("stty", ["-F", terminal, "size"])).stdout;
      }
    },
    async press(key) {
      await tmux("send-keys", key);
    },
    async close() {
      await tmux("kill-server");
    },
  };
}

interface ScreenShape {
  readonly columns: number;
  readonly rows?: number;
  readonly env: Readonly<Record<string, string>>;
}
