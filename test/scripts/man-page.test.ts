import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { bold, text } from "../../scripts/roff.ts";
import { createProgram } from "../../src/commands/program.ts";
import { EXIT_CODES } from "../../src/errors.ts";
import { PROVIDERS } from "../../src/providers/registry.ts";
import { OPTION_ROWS } from "../../src/settings/options.ts";
import { flagOf, negatedFlagOf } from "../../src/settings/spelling.ts";
import { inProcessWorld } from "../cli/in-process.ts";
import { ROOT } from "../cli/run.ts";
import { itWith } from "../tools.ts";

const run = promisify(execFile);
const PAGE = path.join(ROOT, "man", "asr.1");
const env = {
  PATH: process.env.PATH ?? "",
  LC_ALL: "C.UTF-8",
  MANWIDTH: "100",
  MANROFFOPT: "-rHY=0",
};

describe("the man page", () => {
  itWith("man", "is set without a warning, and says everything", async () => {
    const { stdout, stderr } = await run("man", ["--warnings", "-l", PAGE], { env });
    expect(stderr).toBe("");
    const said = stdout.replace(/\s+/g, " ");
    for (const row of OPTION_ROWS) {
      const flag = row.shownNegated ? negatedFlagOf(row.key) : flagOf(row.key);
      expect(stdout).toMatch(new RegExp(`^ +(-\\w, )?${flag}( .*)?$`, "m"));
      expect(said).toContain(row.help.replace(/\s+/g, " "));
    }
    for (const { title, credentials } of PROVIDERS) {
      expect(said).toContain(`${title};`);
      for (const { variable } of credentials) expect(said).toContain(variable);
    }
    const program = createProgram(inProcessWorld()).command;
    const names = program.commands.map((command) => command.name());
    for (const name of names.filter((known) => known !== "complete")) {
      expect(said).toContain(`asr ${name} `);
    }
    expect(said).not.toContain("asr complete ");
    for (const code of Object.values(EXIT_CODES))
      expect(stdout).toMatch(new RegExp(`^ +${code}\\b`, "m"));
    // What stands in examples and tables is not taken for an instruction.
    expect(said).toContain("find calls -name '*.wav' -print0 | asr transcribe --from - --null");
    expect(said).not.toMatch(/\\[fe(&]/);
  });

  itWith("lexgrog", "is found by apropos", async () => {
    const { stdout } = await run("lexgrog", [PAGE], { env });
    expect(stdout).toContain('"asr - speech to text from the command line"');
  });

  it("writes any text as text", () => {
    expect(text(".PP 'x' a\\nb --no-x ~/…")).toBe(
      "\\&.PP \\(aqx\\(aq a\\enb \\-\\-no\\-x \\(ti/\\[u2026]",
    );
    expect(bold("-f")).toBe("\\fB\\-f\\fR");
  });
});
