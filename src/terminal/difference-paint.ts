/** Colours for differences that are shown line by line. */

interface LinePaint {
  readonly gone: (text: string) => string;
  readonly come: (text: string) => string;
  readonly goneLine: (text: string) => string;
  readonly comeLine: (text: string) => string;
  readonly faint: (text: string) => string;
}

export async function loadLinePaint(): Promise<LinePaint> {
  const { Chalk } = await import("chalk");
  const { red, green, dim } = new Chalk({ level: 1 });
  return { gone: red.strikethrough, come: green, goneLine: red, comeLine: green, faint: dim };
}
