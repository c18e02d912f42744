import { describe, expect, it } from "vitest";
import { createConsole } from "../../src/terminal/console.ts";
import { createLiveView } from "../../src/terminal/live-view.ts";

function view(withLine: boolean) {
  const written: string[] = [];
  const drawn: string[] = [];
  const line = {
    update: (text: string, note = "") => void drawn.push(note === "" ? text : `${text} (${note})`),
    clear: () => void drawn.push("cleared"),
    stop: () => void drawn.push("stopped"),
  };
  const console = createConsole((text) => void written.push(text));
  return { written, drawn, view: createLiveView({ console, ...(withLine ? { line } : {}) }) };
}

const segment = (text: string) => ({ text, startMs: 0, endMs: 1000 });

describe("what is seen of live recognition", () => {
  it("is the partial with the lag, nothing after a final, warnings above it", () => {
    const { written, drawn, view: live } = view(true);
    live.event({ type: "partial", segment: segment("one") });
    live.lag(3400);
    live.lag(3300);
    live.event({ type: "warning", warning: { code: "x", message: "odd" } });
    live.event({ type: "final", segment: segment("one two") });
    live.lag(0);
    live.stop();
    expect(drawn).toEqual([
      "one",
      "one (3 s behind)",
      "cleared",
      "one (3 s behind)",
      " (3 s behind)",
      "",
      "stopped",
    ]);
    expect(written).toEqual(["asr: warning: odd\n"]);
  });

  it("goes while another program has the terminal, and comes again", () => {
    const { drawn, view: live } = view(true);
    live.event({ type: "partial", segment: segment("one") });
    live.hide();
    live.show();
    expect(drawn).toEqual(["one", "cleared", "one"]);
  });

  it("is a note when the lag begins and when it is over, where no line is drawn", () => {
    const { written, view: live } = view(false);
    for (const lagMs of [500, 1999, 2000, 3000, 9000, 0, 0, 2500]) live.lag(lagMs);
    live.event({ type: "partial", segment: segment("one") });
    expect(written).toEqual([
      "asr: 2 s behind: text comes slower than speech\n",
      "asr: no longer behind\n",
      "asr: 3 s behind: text comes slower than speech\n",
    ]);
  });
});
