/** A report as one page that needs nothing else, but perhaps the recording beside it. */
import { createHash } from "node:crypto";
import type { Sound } from "../../transcript/sound.ts";
import type { Transcript } from "../../transcript/transcript.ts";
import { PAGE_SCRIPT, PAGE_STYLE } from "./assets.js";
import { escapeHtml, scriptJson } from "./escape.ts";
import { headOf } from "./head.ts";
import { playerOf } from "./player.ts";
import type { Report } from "./report.ts";
import type { ReportData } from "./report-data.ts";

/** What a recording is called that came by a pipe. */
const STDIN_NAME = "-";

/** The same bytes for the same transcript, settings and recording. */
export function pageOf(transcript: Transcript, report: Report, sound: Sound | undefined): string {
  const { style, ...rest } = report;
  const nonce = sha256(scriptJson(rest));
  const data: ReportData = { ...rest, nonce };
  const name = transcript.source?.name ?? STDIN_NAME;
  const title = name === STDIN_NAME ? "Transcript" : name;
  // Scripts take a whole page of 27 MB as one piece of text: it is put together once.
  return [
    `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policyOf(nonce, sound)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta name="generator" content="asr">
<title>${escapeHtml(title)}</title>
<link rel="icon" href="data:,">
<style>${PAGE_STYLE}</style>
</head>
<body>
<a class="skip" href="#transcript">To the transcript</a>
`,
    headOf(title, transcript, report),
    ...playerOf(report, sound),
    `<main id="transcript" tabindex="-1" aria-label="Transcript"${languageOf(transcript)}>
<ol id="segments"></ol>
${report.segments.length === 0 ? '<p class="empty">Nobody speaks in this recording.</p>\n' : ""}<noscript><p class="empty">The transcript is shown by a script, which this browser does not run.</p></noscript>
</main>
${FOOT}
<script type="application/json" id="data">`,
    scriptJson(data),
    "</script>\n<script>",
    PAGE_SCRIPT,
    "</script>\n</body>\n</html>\n",
  ].join("");
}

/**
 * W3C, "Content Security Policy Level 3": nothing but what stands in this page and the recording.
 * `file:` lets a page on a disk play a file beside it, `'self'` one on a web server.
 */
function policyOf(nonce: string, sound: Sound | undefined): string {
  const media = { embedded: "media-src data:; ", linked: "media-src 'self' file:; ", none: "" };
  return (
    `default-src 'none'; script-src '${SCRIPT_HASH}'; style-src '${STYLE_HASH}' 'nonce-${nonce}'; ` +
    `${media[sound?.playback.kind ?? "none"]}img-src data:; base-uri 'none'; form-action 'none'`
  );
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("base64");
}

const SCRIPT_HASH = `sha256-${sha256(PAGE_SCRIPT)}`;
const STYLE_HASH = `sha256-${sha256(PAGE_STYLE)}`;

/** Of the text, for screen readers and fonts; the page around it is English. */
function languageOf({ language }: Transcript): string {
  const isTag = language !== undefined && /^[a-z]{2,8}(?:-[a-z\d]{1,8})*$/i.test(language);
  return isTag ? ` lang="${language}"` : "";
}

const KEYS: readonly (readonly [keys: string, what: string])[] = [
  ["Space", "play or pause"],
  ["← →", "5 seconds back or on"],
  ["Shift + ← →", "a word back or on"],
  ["↑ ↓", "the segment before or after, Enter to go there"],
  ["/", "search"],
  ["n N", "the next hit, the one before"],
  ["Esc", "leave the search"],
];

const FOOT = `<footer>
<details id="help"><summary>Keys</summary><dl class="keys">
${KEYS.map(([keys, what]) => `<div><dt><kbd>${keys}</kbd></dt><dd>${what}</dd></div>`).join("\n")}
</dl></details>
<p>Made by asr. Times with ≈ are estimates.</p>
</footer>
<p id="status" class="unseen" role="status"></p>`;
