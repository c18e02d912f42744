import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
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

  itWith("man", "is readable on a narrow terminal, and cuts no name", async () => {
    const narrow = { ...env, MANWIDTH: "40", MANROFFOPT: "" };
    const { stdout } = await run("man", ["-l", PAGE], { env: narrow });
    const text = stdout.slice(stdout.indexOf("NAME"));
    expect(text).not.toMatch(/\u2010|\u00ad/);
    // What is spread to the margin has holes in it.
    expect(text).not.toMatch(/\w {2,}\w+ {2,}\w/);
    for (const { id } of PROVIDERS) expect(text).toContain(id);
  });

  it("tells of each variable once, and which credentials are optional", () => {
    const page = readFileSync(PAGE, "utf8");
    const [, entries = ""] = page.split(".SH ENVIRONMENT");
    const variables = [...entries.matchAll(/^\\fB([A-Z_]+)\\fR$/gm)].map(([, name]) => name);
    expect(variables).toContain("ASR_STEPFUN_BASE_URL");
    expect(variables).toEqual([...new Set(variables)]);
    expect(page).toContain("TENCENTCLOUD_SECRET_KEY; optional: TENCENTCLOUD_TOKEN.");
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
