/** The part of a report that stays in sight: waveform, player and search. */

import type { Sound } from "../../transcript/sound.ts";
import { escapeHtml } from "./escape.ts";
import type { Report } from "./report.ts";
import { shortTime } from "./short-time.ts";

const PLAY = `<button id="play" type="button" aria-label="Play"><svg viewBox="0 0 24 24" aria-hidden="true"><path class="start" d="M8 5v14l11-7z"/><path class="stop" d="M7 5h4v14H7zM13 5h4v14h-4z"/></svg></button>
`;
const FOLLOW = '<button id="follow" type="button" aria-pressed="true">Follow</button>\n';
const ZOOM =
  '<label>Zoom <input id="zoom" type="range" min="0" max="100" value="0" step="1"></label>\n';
const MARKS = '<button id="marks" type="button" aria-pressed="true">Subtitle marks</button>\n';
const SPEAKERS = '<div id="speakers" role="group" aria-label="Speakers to show"></div>\n';

const SPEED = `<label><span>Speed</span> <select id="speed" aria-label="Speed">
${[0.5, 0.75, 1, 1.25, 1.5, 2]
  .map((speed) => `<option value="${speed}"${speed === 1 ? " selected" : ""}>${speed}×</option>`)
  .join("")}
</select></label>
`;

const SEARCH = `<div role="search">
<input id="query" type="search" placeholder="Search" aria-label="Search the transcript" autocomplete="off" spellcheck="false">
<output id="hits" for="query"></output>
<button id="hit-before" type="button" aria-label="Previous hit" disabled>↑</button>
<button id="hit-after" type="button" aria-label="Next hit" disabled>↓</button>
</div>
`;

/** In pieces: an embedded recording is long. */
export function playerOf(
  { durationMs, speakers, peaks, segments }: Report,
  sound: Sound | undefined,
): string[] {
  const playback = sound?.playback;
  const isPlayable =
    playback?.kind === "embedded" || (playback?.kind === "linked" && playback.isPlayable);
  const wave = peaks === undefined ? "" : '<div id="wave"></div>\n';
  const zoom = peaks === undefined ? "" : ZOOM;
  const marks = segments.some(({ notes }) => notes !== undefined) ? MARKS : "";
  return [
    `<section id="player" aria-label="Player and search">
${wave}<input id="position" type="range" min="0" max="${durationMs / 1000}" step="0.1" value="0" aria-label="Position">
<div class="controls">
${isPlayable ? PLAY : ""}<p class="time"><span id="now">${shortTime(0, durationMs)}</span> / ${shortTime(durationMs, durationMs)}</p>
${isPlayable ? SPEED + FOLLOW : ""}${zoom}${SEARCH}</div>
${soundNote(sound)}`,
    ...(isPlayable ? audioElement(sound) : []),
    `</section>
<section id="tools" aria-label="What is shown">
${speakers.length === 0 ? "" : SPEAKERS}${marks}<button id="link" type="button">Copy link</button>
</section>
`,
  ];
}

function audioElement(sound: Sound | undefined): string[] {
  const playback = sound?.playback;
  switch (playback?.kind) {
    case "embedded": {
      const bytes = Buffer.from(
        playback.bytes.buffer,
        playback.bytes.byteOffset,
        playback.bytes.length,
      );
      const opening = `<audio id="sound" preload="auto" src="data:${playback.mediaType};base64,`;
      return [opening, bytes.toString("base64"), '"></audio>\n'];
    }
    case "linked":
      return [`<audio id="sound" preload="auto" src="${escapeHtml(playback.href)}"></audio>\n`];
    default:
      return [];
  }
}

function soundNote(sound: Sound | undefined): string {
  const playback = sound?.playback;
  switch (playback?.kind) {
    case undefined:
      return note("Without sound: the recording was not at hand when this page was made.");
    case "none":
      return note(`Without sound: ${escapeHtml(playback.reason)}.`);
    case "embedded":
      return playback.isCopy
        ? note("Browsers don’t play this recording: what is heard is a copy of it, for speech.")
        : "";
    case "linked": {
      const link = `<a href="${escapeHtml(playback.href)}">the recording</a>`;
      const silent = note(`Browsers don’t play ${link}: open it in another player.`);
      return playback.isPlayable ? missingNote(link) : silent;
    }
  }
}

/** Shown by the script where it can't be loaded. */
function missingNote(link: string): string {
  return `<p class="note" id="sound-note" hidden>Can’t play ${link}: it must lie beside this page as it did.</p>\n`;
}

function note(html: string): string {
  return `<p class="note">${html}</p>\n`;
}
