/** Keys that work wherever nothing is being typed. */
import type { Following } from "./follow.ts";
import { lastStarted } from "./last-started.ts";
import type { Player } from "./player.ts";
import type { Search } from "./search.ts";
import type { ShownTranscript } from "./transcript.ts";

const STEP_MS = 5000;

export interface Reading {
  readonly player: Player;
  readonly shown: ShownTranscript;
  readonly search: Search;
  readonly following: Following;
}

export function listenToKeys({ player, shown, search, following }: Reading): void {
  const { segments, words } = shown;
  const wordStarts = words.map(({ startMs }) => startMs);
  let stop = 0;

  /** The one segment that Tab comes to. */
  function focus(index: number): void {
    const link = segments[index]?.link;
    if (link === undefined) return;
    segments[stop]?.link.setAttribute("tabindex", "-1");
    stop = index;
    link.tabIndex = 0;
    link.focus();
  }

  function stepSegment(by: 1 | -1): void {
    const focused = segments.findIndex(({ link }) => link === document.activeElement);
    let index = focused === -1 ? following.segment() - (by === 1 ? 1 : 0) : focused;
    do index += by;
    while (segments[index]?.item.hidden);
    focus(Math.max(0, index));
  }

  function stepWord(by: 1 | -1): void {
    const current = lastStarted(wordStarts, player.nowMs());
    const ms = wordStarts[Math.max(0, current + by)];
    if (ms !== undefined) player.seek(ms);
  }

  const actions = new Map<string, () => void>([
    [" ", () => player.toggle()],
    ["ArrowLeft", () => player.seek(player.nowMs() - STEP_MS)],
    ["ArrowRight", () => player.seek(player.nowMs() + STEP_MS)],
    ["Shift ArrowLeft", () => stepWord(-1)],
    ["Shift ArrowRight", () => stepWord(1)],
    ["ArrowUp", () => stepSegment(-1)],
    ["ArrowDown", () => stepSegment(1)],
    ["/", () => search.begin()],
    ["n", () => search.step(1)],
    ["Shift N", () => search.step(-1)],
  ]);

  const [first] = segments;
  if (first !== undefined) first.link.tabIndex = 0;
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    if (isBusy(event.target, event.key)) return;
    // On some keyboards "/" is written with Shift.
    const isShifted = event.shiftKey && event.key !== "/";
    const action = actions.get(`${isShifted ? "Shift " : ""}${event.key}`);
    if (action === undefined) return;
    event.preventDefault();
    action();
  });
}

/** Whether the key means something to the element that has the focus. */
function isBusy(target: EventTarget | null, key: string): boolean {
  // A slider that was clicked keeps the focus. In the one of the position the arrows mean the same.
  if (target instanceof HTMLInputElement && target.type === "range") {
    const isWay = key === "ArrowLeft" || key === "ArrowRight";
    return key.startsWith("Arrow") && !(isWay && target.id === "position");
  }
  if (target instanceof HTMLInputElement || target instanceof HTMLSelectElement) return true;
  const isPressed =
    target instanceof HTMLButtonElement ||
    (target instanceof HTMLElement && target.tagName === "SUMMARY");
  return isPressed && key === " ";
}
