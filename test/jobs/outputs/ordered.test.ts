import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createOrderedOutput } from "../../../src/jobs/outputs/ordered.ts";
import { share } from "../../share.ts";

describe("createOrderedOutput", () => {
  it("writes each job's text whole and in input order, however jobs and writes interleave", async () => {
    const jobs = fc.array(fc.nat({ max: 3 }), { minLength: 2, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), jobs, async (scheduler, textCounts) => {
        let written = "";
        const write = scheduler.scheduleFunction(async (text: string) => {
          written += text;
        });
        const open = createOrderedOutput(write, "|");
        const textsOf = (count: number, index: number) => Array(count).fill(`${index} `);
        const running = textCounts.map(async (count, index) => {
          const slot = open(index);
          for (const text of textsOf(count, index)) {
            await scheduler.schedule(Promise.resolve());
            await slot.append(text);
          }
          await scheduler.schedule(Promise.resolve());
          await slot.end();
        });
        await scheduler.waitFor(Promise.all(running));
        const wholes = textCounts.map((count, index) => textsOf(count, index).join(""));
        expect(written).toBe(wholes.filter((whole) => whole !== "").join("|"));
      }),
      { numRuns: share(300, 20_000) },
    );
  });

  it("loses nothing of a job that ends while its held text is still being written", async () => {
    let written = "";
    const pending: (() => void)[] = [];
    const slowly = (text: string): Promise<void> =>
      new Promise((resolve) => {
        pending.push(() => {
          written += text;
          resolve();
        });
      });
    const open = createOrderedOutput(slowly, "|");
    const [first, second, third] = [open(0), open(1), open(2)];
    await second.append("two");
    const ending = first.end();
    await second.end();
    pending.shift()?.();
    await ending;
    const last = third.append("three");
    pending.shift()?.();
    await last;
    await third.end();
    expect(written).toBe("two|three");
  });

  it("writes the job whose turn it is at once, without waiting for its end", async () => {
    let written = "";
    const open = createOrderedOutput(async (text) => {
      written += text;
    }, "\n");
    const first = open(0);
    const second = open(1);
    await second.append("late");
    await first.append("early");
    expect(written).toBe("early");
    await first.end();
    expect(written).toBe("early\nlate");
  });

  it("tells every later job that the stream is broken", async () => {
    const error = new Error("broken");
    const open = createOrderedOutput(() => Promise.reject(error), "");
    const [first, second] = [open(0), open(1)];
    await expect(first.append("text")).rejects.toBe(error);
    await expect(second.append("text")).rejects.toBe(error);
    await expect(second.end()).rejects.toBe(error);
  });
});
