/** Whether a command said what a page shows: `…` stands for anything, alone for any lines. */

function escaped(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|]/g, "\\$&");
}

function linePattern(line: string): string {
  if (line.trim() === "…") return "(?:.*\\n)*?";
  return `${line.trimEnd().split("…").map(escaped).join(".*")}[ \\t]*\\n`;
}

export function showsOutput(page: readonly string[], said: string): boolean {
  const text = said.endsWith("\n") || said === "" ? said : `${said}\n`;
  return new RegExp(`^\\n*${page.map(linePattern).join("")}\\n*$`).test(text);
}
