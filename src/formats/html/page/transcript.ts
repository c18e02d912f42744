/** The transcript as elements: all text goes in as text, never as markup. */
import type { ReportData, ReportNote, ReportSegment } from "../report-data.ts";
import { shortTime } from "../short-time.ts";
import { element, made } from "./elements.ts";

export interface ShownSegment {
  readonly item: HTMLElement;
  /** Its time, which leads there. */
  readonly link: HTMLAnchorElement;
  readonly text: HTMLElement;
}

export interface ShownTranscript {
  readonly segments: readonly ShownSegment[];
  /** Starts and elements of all words that have times, by start. */
  readonly words: readonly ShownWord[];
}

export interface ShownWord {
  readonly startMs: number;
  readonly endMs: number;
  readonly node: HTMLElement;
}

export function showTranscript({ segments, speakers, durationMs }: ReportData): ShownTranscript {
  const words: ShownWord[] = [];
  let before: number | undefined;
  const shown = segments.map((segment, index) => {
    const isTurn = segment.speaker !== before || index === 0;
    before = segment.speaker;
    const name = isTurn ? speakers[segment.speaker ?? -1] : undefined;
    return showSegment(segment, shortTime(segment.startMs, durationMs), name, words);
  });
  const list = document.createDocumentFragment();
  list.append(...shown.map(({ item }) => item));
  element("segments").append(list);
  return { segments: shown, words: words.toSorted((a, b) => a.startMs - b.startMs) };
}

/** How many colours there are for speakers. */
export const VOICES = 8;

function showSegment(
  segment: ReportSegment,
  time: string,
  name: string | undefined,
  words: ShownWord[],
): ShownSegment {
  const { startMs, text, speaker, isApproximate, notes } = segment;
  const item = made("li");
  if (speaker !== undefined) item.dataset.voice = String(speaker % VOICES);
  const link = made("a", "at", `${isApproximate ? "≈ " : ""}${time}`);
  link.setAttribute("href", `#t=${startMs / 1000}`);
  link.dataset.at = String(startMs);
  link.tabIndex = -1;
  if (isApproximate) link.setAttribute("aria-label", `about ${time}`);
  const said = made("p", "said");
  said.dir = "auto";
  said.append(...pieces(text, segment.words ?? [], words));
  item.append(link);
  if (name !== undefined) {
    const label = made("p", "voice", name);
    label.dir = "auto";
    item.append(label);
  }
  item.append(said);
  if (notes !== undefined) item.append(noteList(notes));
  return { item, link: link as HTMLAnchorElement, text: said };
}

/** The text, with an element for each word whose time is known. */
function pieces(text: string, numbers: readonly number[], words: ShownWord[]): (Node | string)[] {
  const nodes: (Node | string)[] = [];
  let shown = 0;
  for (let at = 0; at < numbers.length; at += 4) {
    const [start = 0, end = 0, startMs = 0, endMs = 0] = numbers.slice(at, at + 4);
    if (start > shown) nodes.push(text.slice(shown, start));
    const node = made("span", "word", text.slice(start, end));
    node.dataset.at = String(startMs);
    nodes.push(node);
    words.push({ startMs, endMs, node });
    shown = end;
  }
  if (shown < text.length) nodes.push(text.slice(shown));
  return nodes;
}

function noteList(notes: readonly ReportNote[]): HTMLElement {
  const list = made("ul", "notes");
  list.setAttribute("lang", "en");
  list.setAttribute("aria-label", "Marks of the subtitles");
  list.append(...notes.map(({ severity, text }) => made("li", severity, text)));
  return list;
}
