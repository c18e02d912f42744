/** What a user sees of live recognition: the words as they are spoken, warnings, and the lag. */
import type { JobEvent } from "../transcript/events.ts";
import type { Console } from "./console.ts";
import type { LiveLine } from "./live-line.ts";

/** A lag that is worth a word. */
const SHOWN_LAG_MS = 2000;

export interface LiveViewOptions {
  readonly console: Console;
  /** Undefined where nothing is to be drawn: no terminal, `--quiet`, JSON logs. */
  readonly line?: LiveLine;
}

export interface LiveView {
  event(event: JobEvent): void;
  /** Recognition is behind by so much; 0: no more. */
  lag(lagMs: number): void;
  /** Nothing is drawn on the terminal for now: another program writes there. */
  hide(): void;
  /** Draws again what there is. */
  show(): void;
  stop(): void;
}

export function createLiveView({ console, line }: LiveViewOptions): LiveView {
  let text = "";
  let shownLagSeconds = 0;
  console.attach(line);

  function draw(): void {
    line?.update(text, shownLagSeconds === 0 ? "" : `${shownLagSeconds} s behind`);
  }

  return {
    event(event) {
      if (event.type === "partial") {
        text = event.segment.text;
        draw();
      } else if (event.type === "final") {
        text = "";
        draw();
      } else if (event.type === "warning") {
        console.warning(event.warning);
        draw();
      }
    },
    lag(lagMs) {
      const seconds = lagMs >= SHOWN_LAG_MS ? Math.round(lagMs / 1000) : 0;
      if (seconds === shownLagSeconds) return;
      const isNews = (seconds === 0) !== (shownLagSeconds === 0);
      shownLagSeconds = seconds;
      if (line !== undefined) draw();
      else if (isNews) {
        console.note(
          seconds === 0 ? "no longer behind" : `${seconds} s behind: text comes slower than speech`,
        );
      }
    },
    hide: () => line?.clear(),
    show: draw,
    stop() {
      console.attach(undefined);
      line?.stop();
    },
  };
}
