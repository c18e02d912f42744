/** The examples of docs/library.md, as they stand. */
import { copyFile, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { openVendor } from "../cli/vendor-accounts.ts";
import { ROOT, runNode, userFolder } from "./package.ts";
import { CLIP } from "./providers.ts";

const page = await readFile(path.join(ROOT, "docs/library.md"), "utf8");
/** A chapter, a program in it, and what that prints. */
const EXAMPLE =
  /^## (.*)\n(?:(?!^## )[\s\S])*?^```js\n([\s\S]*?)^```\n\n^```text\n([\s\S]*?)^```$/gm;

const EXAMPLES = Array.from(
  page.matchAll(EXAMPLE),
  ([, title = "", program = "", printed = ""]) => ({ title, program, printed }),
);

describe("docs/library.md", () => {
  it("shows what every example prints", () => {
    expect(EXAMPLES.length).toBe(page.match(/^```js$/gm)?.length);
  });

  it.each(EXAMPLES)("$title", async ({ program, printed }) => {
    const doubles = await Promise.all(
      (["tencent-flash", "stepfun"] as const).map((id) => openVendor(id)),
    );
    const folder = await userFolder({ "example.js": program });
    await copyFile(CLIP, path.join(folder, "talk.wav"));
    await writeFile(path.join(folder, "quiet.js"), "globalThis.AI_SDK_LOG_WARNINGS = false;");
    const env = Object.assign({}, ...doubles.map((double) => double.env));
    const { stdout, stderr } = await runNode(folder, ["--import", "./quiet.js", "example.js"], env);
    expect(stderr).toBe("");
    expect(stdout).toBe(printed);
    for (const { vendor } of doubles) expect(vendor.violations).toEqual([]);
  });
});
