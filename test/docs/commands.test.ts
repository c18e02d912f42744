import { describe, expect, it } from "vitest";
import { commandsOf, isUnfinished } from "./commands.ts";
import { fencesOf } from "./fences.ts";
import { showsOutput } from "./output.ts";

const commandsIn = (markdown: string) => fencesOf(markdown).flatMap(commandsOf);
const textsIn = (markdown: string) => commandsIn(markdown).map(({ text }) => text);

describe("the commands of a page", () => {
  it("are what stands behind a prompt, with their lines", () => {
    const page = "# Page\n\n```console\n$ asr --version\n0.1.0\n$ cd calls\n```\n";
    expect(commandsIn(page)).toEqual([
      { line: 4, text: "asr --version", output: ["0.1.0"], exitCode: 0 },
      { line: 6, text: "cd calls", output: [], exitCode: 0 },
    ]);
  });

  it("go on behind a backslash, a pipe, an open quote and in a here-document", () => {
    const page = [
      "```console",
      "$ find . |",
      "    xargs \\",
      "    asr transcribe",
      "$ cat > a.txt <<'END'",
      "$ no command",
      "END",
      "$ jq '.a",
      "  | .b' a.json",
      "```",
    ].join("\n");
    expect(textsIn(page)).toEqual([
      "find . |\n    xargs \\\n    asr transcribe",
      "cat > a.txt <<'END'\n$ no command\nEND",
      "jq '.a\n  | .b' a.json",
    ]);
  });

  it("end with the code that a comment or the next command names", () => {
    const page = "```console\n$ asr lint a.srt  # exit 9\n$ asr lint b.srt\n$ echo $?\n9\n```";
    expect(commandsIn(page).map(({ exitCode }) => exitCode)).toEqual([9, undefined, 0]);
  });

  it("are the steps of a workflow, the lines of a crontab and of a unit", () => {
    const yaml = "```yaml\njobs:\n  a:\n    steps:\n      - run: npm ci\n      - uses: x\n```";
    const gitlab = "```yaml\na:\n  script:\n    - npm ci\n    - npm test\n```";
    expect(textsIn(yaml)).toEqual(["npm ci"]);
    expect(textsIn(gitlab)).toEqual(["npm ci", "npm test"]);
    expect(textsIn("```crontab\n0 7 * * 1 date +\\%F\n```")).toEqual(["date +%F"]);
    expect(textsIn("```ini\n[Service]\nExecStart=/bin/true\n```")).toEqual(["/bin/true"]);
  });

  it("are nothing in blocks of text or JSON", () => {
    expect(textsIn("```text\n$ asr\n```\n\n```json\n{}\n```")).toEqual([]);
  });

  it("are not lost where a block is not closed", () => {
    expect(() => fencesOf("```sh\nasr")).toThrow("line 1");
  });
});

describe("isUnfinished", () => {
  it.each([
    ["asr 'a", true],
    ["asr 'a b'", false],
    [`asr "it's"`, false],
    ["cat <<END\na", true],
    ["cat <<END\na\nEND", false],
    ["a &&", true],
    ["a || b", false],
  ])("%j: %s", (text, unfinished) => {
    expect(isUnfinished(text)).toBe(unfinished);
  });
});

describe("showsOutput", () => {
  it("takes … for anything in a line, and alone for any lines", () => {
    expect(showsOutput(["done in … s"], "done in 3.2 s\n")).toBe(true);
    expect(showsOutput(["first", "…", "last"], "first\na\nb\nlast\n")).toBe(true);
    expect(showsOutput(["first", "…"], "first\n")).toBe(true);
    expect(showsOutput(["first"], "first\nsecond\n")).toBe(false);
    expect(showsOutput(["a.c"], "abc\n")).toBe(false);
  });
});
