/**
 * From one Chinese script to another, by OpenCC's dictionaries: the longest phrase first, then single
 * characters (https://github.com/BYVoid/OpenCC). Characters change, words stay: OpenCC's tables of
 * regional words (鼠标, 滑鼠) are left out, for a transcript holds what was said.
 */
import { convertersTo } from "./converters.ts";
import type { ChineseScript } from "./script.ts";
import { loadScriptJudge } from "./script-judge.ts";

export type { ChineseScript } from "./script.ts";

/** Each is loaded once a process: a run over many cases asks for it with every case. */
const LOADED = new Map<ChineseScript, Promise<(text: string) => string>>();

/**
 * Loads the dictionaries, 1.2 MB, in a tenth of a second; later on they are there.
 *
 * The converter takes text of any script. Which one it is in is judged for each call over the whole
 * text, since what is right for simplified text (里 to 裏) is wrong for traditional (萬里): give it as
 * much of one writer as there is. All that is not Chinese stays as it is.
 */
export function loadChineseConverter(to: ChineseScript): Promise<(text: string) => string> {
  const loaded = LOADED.get(to) ?? load(to);
  LOADED.set(to, loaded);
  return loaded;
}

async function load(to: ChineseScript): Promise<(text: string) => string> {
  const [{ fromSimplified, fromTraditional }, isTraditional] = await Promise.all([
    convertersTo(to),
    loadScriptJudge(),
  ]);
  return (text) => (isTraditional(text) ? fromTraditional(text) : fromSimplified(text));
}
