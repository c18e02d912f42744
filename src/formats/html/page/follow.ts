/** Marks what is being said, and keeps it in sight while it plays. */
import type { ReportData } from "../report-data.ts";
import { optional } from "./elements.ts";
import { lastGoing, lastStarted } from "./last-started.ts";
import type { Player } from "./player.ts";
import type { ShownTranscript } from "./transcript.ts";

export interface Following {
  /** Index of the segment that is said, else of the one that was begun last; -1 before the first. */
  segment(): number;
}

export function follow(
  { segments }: ReportData,
  shown: ShownTranscript,
  player: Player,
): Following {
  const segmentStarts = Float64Array.from(segments, ({ startMs }) => startMs);
  const wordStarts = Float64Array.from(shown.words, ({ startMs }) => startMs);
  const button = optional<HTMLButtonElement>("follow");
  let isFollowing = true;
  let segment = -1;
  let word = -1;

  const keepFollowing = (follows: boolean): void => {
    isFollowing = follows;
    button?.setAttribute("aria-pressed", String(follows));
    if (follows) reveal();
  };
  const reveal = (): void => {
    const item = shown.segments[segment]?.item;
    if (item === undefined || item.hidden) return;
    const isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    item.scrollIntoView({ block: "center", behavior: isCalm ? "instant" : "smooth" });
  };
  button?.addEventListener("click", () => keepFollowing(!isFollowing));
  // Whoever scrolls wants to read elsewhere.
  for (const name of ["wheel", "touchmove"]) {
    addEventListener(name, () => player.isPlaying() && keepFollowing(false), { passive: true });
  }

  function mark(node: Element | undefined, isCurrent: boolean): void {
    if (isCurrent) node?.setAttribute("aria-current", "true");
    else node?.removeAttribute("aria-current");
  }

  player.onMove((ms) => {
    const begun = lastStarted(segmentStarts, ms);
    const going = lastGoing(segments, begun, ms);
    const nextSegment = going === -1 ? begun : going;
    if (nextSegment !== segment) {
      mark(shown.segments[segment]?.item, false);
      segment = nextSegment;
      mark(shown.segments[segment]?.item, true);
      if (isFollowing && player.isPlaying()) reveal();
    }
    const nextWord = lastGoing(shown.words, lastStarted(wordStarts, ms), ms);
    if (nextWord === word) return;
    mark(shown.words[word]?.node, false);
    word = nextWord;
    mark(shown.words[word]?.node, true);
  });
  return { segment: () => segment };
}
