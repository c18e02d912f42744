/** The licences of everything that is inside a binary, which have to go with it. */
import { readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { NODE_VERSION } from "./targets.ts";

const RULE = "=".repeat(72);
const LICENCE_NAME = /^(licen[cs]e|copying|notice)([.-].*)?$/i;

/** Texts that a package lacks: of the mpg123 within, and of the licence that an LGPL builds on. */
const ADDED_TEXTS: Readonly<Record<string, string>> = {
  "mpg123-decoder": "LGPL-2.1.txt",
  "codec-parser": "GPL-3.0.txt",
};

/**
 * @param packages folders of packages
 * @param nodeLicence the file, where this build has it
 */
export async function writeLicences(
  packages: readonly string[],
  nodeLicence: string | undefined,
  file: string,
): Promise<void> {
  const sections: string[] = [];
  for (const folder of packages) {
    const { name, version, license } = JSON.parse(
      await readFile(path.join(folder, "package.json"), "utf8"),
    );
    const texts: string[] = [];
    for (const entry of await readdir(folder)) {
      if (LICENCE_NAME.test(entry)) texts.push(await readFile(path.join(folder, entry), "utf8"));
    }
    const added = ADDED_TEXTS[name];
    if (added !== undefined) {
      texts.push(await readFile(new URL(`./texts/${added}`, import.meta.url), "utf8"));
    }
    const said = texts.length === 0 ? [`${license}; the package has no text of it`] : texts;
    sections.push(`${RULE}\n${name} ${version} (${license})\n\n${said.join("\n")}`);
  }
  const ofNode =
    nodeLicence === undefined
      ? `https://github.com/nodejs/node/blob/v${NODE_VERSION}/LICENSE`
      : await readFile(nodeLicence, "utf8");
  sections.push(`${RULE}\nNode.js ${NODE_VERSION}\n\n${ofNode}`);
  await writeFile(file, `${sections.join("\n").trimEnd()}\n`);
}
