/** Colours stretches of text without touching the elements (W3C, "CSS Custom Highlight API"). */

export interface Stretch {
  readonly text: HTMLElement;
  /** Offsets in the element's text, in UTF-16 code units. */
  readonly start: number;
  readonly end: number;
}

/** @param current index of the one that stands out; -1: none */
export function highlight(stretches: readonly Stretch[], current: number): void {
  // Older browsers count the hits and go to them.
  if (!("highlights" in CSS)) return;
  const ranges = stretches.map(rangeOf);
  const chosen = ranges.splice(current === -1 ? ranges.length : current, 1);
  CSS.highlights.set("hit", new Highlight(...ranges));
  CSS.highlights.set("hit-current", new Highlight(...chosen));
}

function rangeOf({ text, start, end }: Stretch): Range {
  const range = document.createRange();
  const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
  let passed = 0;
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const length = node.nodeValue?.length ?? 0;
    if (start >= passed && start < passed + length) range.setStart(node, start - passed);
    if (end > passed && end <= passed + length) {
      range.setEnd(node, end - passed);
      break;
    }
    passed += length;
  }
  return range;
}
