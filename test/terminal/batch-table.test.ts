import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { batchTable } from "../../src/terminal/batch-table.ts";
import { displayWidth } from "../../src/terminal/width.ts";
import { openRun } from "./runs.ts";

const WIDE = { columns: 100, rows: 30 };
const MINUTE_MS = 60_000;

describe("the live table", () => {
  it("counts, sums up, and shows the jobs at work, the oldest first", () => {
    const { tally, wait, start, bill, finish } = openRun(50, {
      stepfun: { perHour: 10, currency: "CNY" },
    });
    for (const name of ["1.wav", "2.wav", "3.wav"]) {
      const input = start(name, MINUTE_MS);
      wait(2000);
      bill(input, 0.02);
      finish(input, MINUTE_MS);
    }
    tally.fail(start("4.wav"));
    tally.pass("done_before");
    const long = start("calls/long.wav", 2 * MINUTE_MS);
    tally.event(long, { type: "progress", audioMs: 41_000 });
    tally.stage(start("b.wav", 3 * MINUTE_MS), "decoding", 10_000);
    start("pipe");
    expect(batchTable(tally, WIDE)).toEqual([
      "done 4  failed 1  running 3  left 42  10%",
      "  audio 3.7 min  37x  about 01:00 left  spent 0.60 CNY (3.6 min billed)",
      "  calls/long.wav  00:41/02:00  34%",
      "  b.wav           decoding 00:10/03:00  5%",
      "  pipe            00:00",
    ]);
  });

  it("says nothing of what there is not: no audio yet, no price, nothing billed", () => {
    const { tally } = openRun(3);
    expect(batchTable(tally, WIDE)).toEqual(["done 0  running 0  left 3  0%"]);
    const { tally: unpriced, start, bill, wait, finish } = openRun(3);
    const input = start("a.wav");
    bill(input, 2);
    wait(1000);
    finish(input, 5000);
    expect(batchTable(unpriced, WIDE)[1]).toBe("  audio 5.0 s  5.0x  2.0 h billed");
  });

  it("adds up each currency on its own", () => {
    const { tally, start, bill } = openRun(2, {
      stepfun: { perHour: 1, currency: "CNY" },
      "lark-file": { perHour: 2, currency: "USD" },
      "feishu-file": { perHour: 3, currency: "CNY" },
    });
    for (const provider of ["stepfun", "lark-file", "feishu-file", "local"]) {
      bill(start("a.wav", MINUTE_MS, provider), 1);
    }
    expect(batchTable(tally, WIDE)[1]).toBe("  spent 4.00 CNY + 2.00 USD (4.0 h billed)");
  });

  it("shows five jobs at most, and how many more there are", () => {
    const { tally, start } = openRun(20);
    for (let number = 1; number <= 20; number++) start(`${number}.wav`, MINUTE_MS);
    const lines = batchTable(tally, WIDE);
    expect(lines).toHaveLength(1 + 5 + 1);
    expect(lines.at(-2)).toMatch(/^ {2}5\.wav/);
    expect(lines.at(-1)).toBe("  … and 15 more");
    expect(batchTable(tally, { columns: 80, rows: 5 })).toEqual([
      "done 0  running 20  left 0  0%",
      ...["1", "2"].map((name) => `  ${name}.wav  00:00/01:00  0%`),
      "  … and 18 more",
    ]);
  });

  it("keeps two inputs of one name apart", () => {
    const { tally, start, finish } = openRun(2);
    const first = start("a.wav", MINUTE_MS);
    tally.event(start("a.wav", MINUTE_MS), { type: "progress", audioMs: 30_000 });
    tally.event(first, { type: "progress", audioMs: 6000 });
    expect(batchTable(tally, WIDE).slice(-2)).toEqual([
      "  a.wav  00:06/01:00  10%",
      "  a.wav  00:30/01:00  50%",
    ]);
    finish(first, MINUTE_MS);
    expect(batchTable(tally, WIDE).at(-1)).toBe("  a.wav  00:30/01:00  50%");
  });

  it("shortens names in their middle, and moves nothing by what they hold", () => {
    const { tally, start } = openRun(1);
    start(`calls/${"x".repeat(80)}\u001b[2J\n-0017.wav`, MINUTE_MS);
    const [, line = ""] = batchTable(tally, { columns: 44, rows: 10 });
    expect(line).toMatch(/^ {2}calls\/x+….*0017\.wav {2}00:00\/01:00 {2}0%$/);
  });

  it("fits every terminal", () => {
    const names = fc.array(fc.string({ unit: "grapheme", maxLength: 90 }), { maxLength: 30 });
    const size = fc.record({
      columns: fc.integer({ min: 8, max: 200 }),
      rows: fc.integer({ min: 1, max: 40 }),
    });
    fc.assert(
      fc.property(names, size, (inputs, terminal) => {
        const { tally, wait, start, bill } = openRun(inputs.length, {
          stepfun: { perHour: 2, currency: "CNY" },
        });
        for (const name of inputs) {
          const input = start(name, MINUTE_MS);
          tally.event(input, { type: "progress", audioMs: 1000 });
          bill(input, 1);
        }
        wait(60_000);
        const lines = batchTable(tally, terminal);
        expect(lines.length).toBeLessThanOrEqual(Math.max(1, terminal.rows - 1));
        for (const line of lines) {
          expect(line).not.toMatch(/\p{Cc}/u);
          expect(displayWidth(line)).toBeLessThan(terminal.columns);
        }
      }),
    );
  });
});

describe("a run that lasts", () => {
  it("keeps nothing of inputs that have ended", () => {
    const { tally, start, finish } = openRun(100_000);
    for (let number = 0; number < 3000; number++) {
      const input = start(`${number}.wav`, MINUTE_MS);
      if (number % 3 === 0) tally.fail(input);
      else if (number % 3 === 1) tally.skip(input);
      else finish(input, MINUTE_MS);
    }
    expect([...tally.running]).toEqual([]);
    expect(tally).toMatchObject({ done: 1000, failed: 1000, skipped: 1000, total: 99_000 });
    expect(tally.waiting).toBe(97_000);
  });
});
