import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createLiveLine } from "../../src/terminal/live-line.ts";
import { displayWidth, endOf } from "../../src/terminal/width.ts";

/** A terminal that says what it was sent. */
function terminal(columns: number) {
  const sent: string[] = [];
  return { columns, sent, write: (text: string) => void sent.push(text) };
}

const ERASE = "\r\u001b[K";

describe("the line that changes in place", () => {
  it("replaces itself, and leaves nothing", () => {
    const screen = terminal(40);
    const line = createLiveLine(screen);
    line.clear();
    line.update("one");
    line.update("one two");
    line.stop();
    line.stop();
    expect(screen.sent).toEqual(["one", `${ERASE}one two`, ERASE]);
  });

  it("shows the end of a long text, and a note whole", () => {
    const screen = terminal(24);
    const line = createLiveLine(screen, (text) => `<${text}>`);
    line.update("the quick brown fox jumps over");
    line.update("今天天气很好我们去公园散步然后吃饭", "3 s behind");
    line.update("", "3 s behind");
    expect(screen.sent).toEqual([
      "<…rown fox jumps over>",
      `${ERASE}<…后吃饭 (3 s behind)>`,
      `${ERASE}< (3 s behind)>`,
    ]);
  });

  it("goes from all rows that a narrower terminal made of it", () => {
    const screen = { ...terminal(60) };
    const line = createLiveLine(screen);
    line.update("x".repeat(50));
    screen.columns = 20;
    line.update("y");
    expect(screen.sent.at(-1)).toBe(`${ERASE}\u001b[A${ERASE}\u001b[A${ERASE}y`);
  });

  it("moves nothing but itself: control characters are left out", () => {
    const screen = terminal(60);
    createLiveLine(screen).update("a\u001b[2Jb\rc\nd\te\u202ef\u2028g");
    expect(screen.sent).toEqual(["a[2Jbc d ef g"]);
  });

  it("never reaches the last column", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 60 }),
        fc.string({ unit: "grapheme", maxLength: 200 }),
        fc.string({ maxLength: 20 }),
        (columns, text, note) => {
          const screen = terminal(columns);
          createLiveLine(screen).update(text, note);
          expect(displayWidth(screen.sent.join(""))).toBeLessThan(columns);
        },
      ),
    );
  });
});

describe("the end of a text", () => {
  it("cuts no picture that is made of several characters", () => {
    expect(endOf("我们👨‍👩‍👧去", 20)).toBe("我们👨‍👩‍👧去");
    expect(endOf("我们一起👨‍👩‍👧去", 10)).toBe("…👨‍👩‍👧去");
    expect(endOf("我们一起👨‍👩‍👧去", 8)).toBe("…去");
    expect(endOf(`${"很".repeat(100_000)}好`, 6)).toBe("…很好");
  });

  it("is measured with pictures of their own width", () => {
    expect(displayWidth("❤")).toBe(1);
    expect(displayWidth("❤\ufe0f")).toBe(2);
    expect(displayWidth("👋你a")).toBe(5);
  });
});
