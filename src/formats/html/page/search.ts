/** The search field, its hits and the way from one to the next. */
import type { ReportData } from "../report-data.ts";
import { element } from "./elements.ts";
import { folded, type Hit, hitsOf } from "./find.ts";
import { highlight } from "./highlight.ts";
import type { ShownTranscript } from "./transcript.ts";

export interface Search {
  /** Into the field. */
  begin(): void;
  /** To the next hit, or the one before. */
  step(by: 1 | -1): void;
  /** Again, where other segments are shown. */
  refresh(): void;
}

interface Found extends Hit {
  readonly segment: number;
}

/** More would only colour the whole page. */
const MOST_HITS = 2000;

/** @param goTo called with the start of the segment that a hit is in */
export function createSearch(
  { segments }: ReportData,
  shown: ShownTranscript,
  goTo: (segment: number) => void,
): Search {
  const field = element<HTMLInputElement>("query");
  const count = element<HTMLOutputElement>("hits");
  const before = element<HTMLButtonElement>("hit-before");
  const after = element<HTMLButtonElement>("hit-after");
  const texts = segments.map(({ text }) => folded(text));
  let hits: Found[] = [];
  let current = -1;

  function find(): void {
    hits = [];
    for (const [segment, text] of texts.entries()) {
      if (shown.segments[segment]?.item.hidden) continue;
      for (const hit of hitsOf(field.value.trim(), text)) hits.push({ ...hit, segment });
      if (hits.length >= MOST_HITS) break;
    }
    current = -1;
    for (const button of [before, after]) button.disabled = hits.length === 0;
    show();
  }

  function show(): void {
    const ranges = hits.flatMap(({ segment, start, end }) => {
      const text = shown.segments[segment]?.text;
      return text === undefined ? [] : [{ text, start, end }];
    });
    highlight(ranges, current);
    const place = current === -1 ? "" : `${current + 1} of `;
    const more = hits.length >= MOST_HITS ? "+" : "";
    count.value = field.value.trim() === "" ? "" : `${place}${hits.length}${more}`;
  }

  function step(by: 1 | -1): void {
    if (hits.length === 0) return;
    current =
      current === -1 && by === -1 ? hits.length - 1 : (current + by + hits.length) % hits.length;
    show();
    const hit = hits[current];
    if (hit !== undefined) goTo(hit.segment);
  }

  field.addEventListener("input", find);
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.isComposing) step(event.shiftKey ? -1 : 1);
    if (event.key === "Escape") {
      field.value = "";
      find();
      field.blur();
    }
  });
  before.addEventListener("click", () => step(-1));
  after.addEventListener("click", () => step(1));
  return {
    begin() {
      field.focus();
      field.select();
    },
    step,
    refresh: find,
  };
}
