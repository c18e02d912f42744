import { expect, it } from "vitest";
import { firstLine } from "../../src/http/plain-text.ts";

it.each<[string, string, string]>([
  ["the first line that has something in it", "\r\n \n  <html>  <head>\nmore", "<html> <head>"],
  [
    "no terminal sequences",
    "\u001b[31mred\u001b[0m \u001b]0;title\u0007x\u001b]8;;u\u001b\\y",
    "red xy",
  ],
  ["no control characters", "a\u0000b\u0008c\u009bd\u007f\te", "abcd e"],
  ["nothing that turns the direction of writing", "abc\u202edef\u2066", "abcdef"],
  ["Chinese as it is", "服务暂不可用\n", "服务暂不可用"],
  ["nothing where there is nothing", "\u0000\r\n\u001b[0m\n", ""],
])("shows %s", (_, text, expected) => {
  expect(firstLine(text)).toBe(expected);
});

it("cuts at 200 characters, never inside one", () => {
  expect(firstLine("x".repeat(200))).toBe("x".repeat(200));
  expect(firstLine("x".repeat(201))).toBe(`${"x".repeat(200)}…`);
  expect(firstLine("😀".repeat(1_000_000))).toBe(`${"😀".repeat(200)}…`);
});
