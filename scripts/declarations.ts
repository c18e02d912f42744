/** The types of the library, a file beside each module that they stand in: no checker is needed. */
import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import ts from "typescript";

/** As the sources are compiled; each public module says its types itself. */
const OPTIONS: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2024,
  module: ts.ModuleKind.NodeNext,
  isolatedDeclarations: true,
  declaration: true,
  strict: true,
  exactOptionalPropertyTypes: true,
};

const IMPORT = /((?:from|import)\s*\(?\s*")(\.{1,2}\/[^"]+)\.ts"/g;

/**
 * Writes the declarations of entries and of all that these refer to.
 *
 * @param entries below `src`, e.g. "index.ts"
 * @throws Error where a module leaves a type to be inferred
 */
export async function writeDeclarations(
  entries: readonly string[],
  source: string,
  target: string,
): Promise<void> {
  const waiting = [...entries];
  const done = new Set<string>();
  for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
    if (done.has(name)) continue;
    done.add(name);
    const text = declarationOf(await readFile(path.join(source, name), "utf8"), name);
    for (const [, , relative] of text.matchAll(IMPORT)) {
      waiting.push(path.posix.join(path.posix.dirname(name), `${relative}.ts`));
    }
    const file = path.join(target, name.replace(/\.ts$/, ".d.ts"));
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, text.replace(IMPORT, '$1$2.js"'));
  }
}

function declarationOf(text: string, fileName: string): string {
  const { outputText, diagnostics = [] } = ts.transpileDeclaration(text, {
    fileName,
    compilerOptions: OPTIONS,
    reportDiagnostics: true,
  });
  const [first] = diagnostics;
  if (first === undefined) return outputText;
  const at = first.file?.getLineAndCharacterOfPosition(first.start ?? 0).line ?? 0;
  throw new Error(
    `${fileName}:${at + 1}: ${ts.flattenDiagnosticMessageText(first.messageText, " ")}`,
  );
}
