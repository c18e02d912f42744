/** The report's own script: brings the transcript, the player and the search together. */
import type { ReportData } from "../report-data.ts";
import { shortTime } from "../short-time.ts";
import { element, optional } from "./elements.ts";
import { follow } from "./follow.ts";
import { listenToKeys } from "./keyboard.ts";
import { createLinks } from "./links.ts";
import { createPlayer } from "./player.ts";
import { createSearch } from "./search.ts";
import { createSpeakers } from "./speakers.ts";
import { showTranscript } from "./transcript.ts";
import { createWaveform } from "./waveform.ts";

const data = JSON.parse(element("data").textContent ?? "") as ReportData;
const shown = showTranscript(data);
const player = createPlayer(data.durationMs);
const following = follow(data, shown, player);

function reveal(segment: number): void {
  shown.segments[segment]?.item.scrollIntoView({ block: "center" });
}

const search = createSearch(data, shown, reveal);
createSpeakers(data, shown, search.refresh);
createWaveform(data, player);
listenToKeys({ player, shown, search, following });

const now = element("now");
const position = element<HTMLInputElement>("position");
player.onMove((ms) => {
  const clock = shortTime(ms, data.durationMs);
  if (now.textContent === clock) return;
  now.textContent = clock;
  position.value = String(ms / 1000);
  position.setAttribute("aria-valuetext", clock);
});
position.addEventListener("input", () => player.seek(Number(position.value) * 1000));

// Words, and the times of segments.
element("segments").addEventListener("click", (event) => {
  const at = event.target instanceof HTMLElement ? event.target.dataset.at : undefined;
  const isOtherwise = event.ctrlKey || event.metaKey || event.shiftKey;
  // Whoever marks text to copy it does not want to go there.
  if (at === undefined || isOtherwise || getSelection()?.isCollapsed === false) return;
  event.preventDefault();
  player.seek(Number(at));
});

const marks = optional<HTMLButtonElement>("marks");
marks?.addEventListener("click", () => {
  const isShown = marks.getAttribute("aria-pressed") !== "true";
  marks.setAttribute("aria-pressed", String(isShown));
  document.body.classList.toggle("unmarked", !isShown);
});

createLinks(player, (ms) => {
  player.seek(ms);
  reveal(following.segment());
});
