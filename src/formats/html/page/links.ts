/** Links to a moment: `#t=12.3`, as in W3C "Media Fragments URI 1.0", 4.2.1. */
import { shortTime } from "../short-time.ts";
import { element } from "./elements.ts";
import type { Player } from "./player.ts";

/** Seconds of a fragment in milliseconds; undefined for any other one. */
function momentOf(hash: string): number | undefined {
  const seconds = /^#t=(\d+(?:\.\d+)?)$/.exec(hash)?.[1];
  return seconds === undefined ? undefined : Number(seconds) * 1000;
}

/** @param goTo called for the page's own address, and whenever it becomes another */
export function createLinks(player: Player, goTo: (ms: number) => void): void {
  const follow = (): void => {
    const ms = momentOf(location.hash);
    if (ms !== undefined) goTo(ms);
  };
  addEventListener("hashchange", follow);
  follow();
  const status = element("status");
  element("link").addEventListener("click", async () => {
    const ms = Math.round(player.nowMs() / 100) * 100;
    history.replaceState(undefined, "", `#t=${ms / 1000}`);
    const isCopied = await copied(location.href);
    const where = isCopied ? "is copied" : "stands in the address bar";
    status.textContent = `The link to ${shortTime(ms, player.durationMs)} ${where}`;
  });
}

/** A page on a disk may be refused the clipboard. */
async function copied(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
