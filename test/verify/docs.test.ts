/** The examples of docs/verify.md are what they say. */
import { readFileSync } from "node:fs";
import { load } from "js-yaml";
import { describe, expect, it } from "vitest";
import { optionsOf } from "../../src/settings/options.ts";
import { flagOf } from "../../src/settings/spelling.ts";
import { readCaseFile } from "../../src/verify/case-file.ts";
import { CASE_OPTION_KEYS } from "../../src/verify/case-options.ts";

const TEXT = readFileSync(new URL("../../docs/verify.md", import.meta.url), "utf8");
const BLOCKS = [...TEXT.matchAll(/^```yaml\n(.*?)^```/gms)].map(([, yaml = ""]) => yaml);
const [CASE = "", GITHUB = "", LIVE = "", GITLAB = ""] = BLOCKS;

describe("docs/verify.md", () => {
  it("shows a case that is one", async () => {
    const read = await readCaseFile("talk.case.yaml", CASE, ["stepfun"]);
    expect(read).toMatchObject({ provider: "stepfun", maxCer: 0.05, cueToleranceSeconds: 0.1 });
    const [, keys = ""] = /^\| `options` \|[^:]*: (.*?) \|$/m.exec(TEXT) ?? [];
    expect(keys.split(", ")).toEqual(CASE_OPTION_KEYS.map((key) => `\`${key}\``));
  });

  it("shows jobs that are YAML, with flags that there are", () => {
    expect(BLOCKS).toHaveLength(4);
    expect(load(GITHUB)).toMatchObject({ jobs: { verify: { steps: expect.any(Array) } } });
    expect(load(LIVE)).toMatchObject({ jobs: { live: { "runs-on": "ubuntu-latest" } } });
    expect(load(GITLAB)).toMatchObject({
      transcripts: { artifacts: { reports: { junit: "results.xml" } } },
    });
    const known = optionsOf("verify").map(({ key }) => flagOf(key));
    const commands = BLOCKS.flatMap((block) => block.match(/asr verify .*/g) ?? []);
    expect(commands).toHaveLength(3);
    const flags = commands.flatMap((command) => command.match(/--[a-z-]+/g) ?? []);
    expect(known).toEqual(expect.arrayContaining(flags));
  });
});
