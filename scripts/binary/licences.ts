/** The licences of everything that is inside a binary, which have to go with it. */
import { readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";

const LICENCE_NAME = /^(licen[cs]e|copying|notice)([.-].*)?$/i;
const NODE_FOLDER = "node_modules/node";

/** @param packages folders of packages */
export async function writeLicences(packages: readonly string[], file: string): Promise<void> {
  const sections: string[] = [];
  for (const folder of [...packages, NODE_FOLDER]) {
    const { name, version, license } = JSON.parse(
      await readFile(path.join(folder, "package.json"), "utf8"),
    );
    const texts: string[] = [];
    for (const entry of await readdir(folder)) {
      if (LICENCE_NAME.test(entry)) texts.push(await readFile(path.join(folder, entry), "utf8"));
    }
    const said = texts.length === 0 ? [`${license}; the package has no text of it`] : texts;
    sections.push(`${"=".repeat(72)}\n${name} ${version} (${license})\n\n${said.join("\n")}`);
  }
  await writeFile(file, `${sections.join("\n").trimEnd()}\n`);
}
