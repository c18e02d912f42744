/** The waveform, with the cues of the subtitles where it is large enough to tell them apart. */
import WaveSurfer from "wavesurfer.js";
import RegionsPlugin from "wavesurfer.js/plugins/regions";
import type { ReportData } from "../report-data.ts";
import { chosenCues, markedCues } from "./cue-marks.ts";
import { optional } from "./elements.ts";
import type { Player } from "./player.ts";

/** Enough to see each syllable. */
const MOST_PIXELS_PER_SECOND = 200;
/** Cues that are drawn at once; more would be a grey band. */
const MOST_CUES = 120;

export function createWaveform(data: ReportData, player: Player): void {
  const container = optional("wave");
  if (container === undefined || data.peaks === undefined) return;
  const regions = RegionsPlugin.create();
  const waveform = WaveSurfer.create({
    container,
    height: "auto",
    ...colours(),
    cursorWidth: 2,
    normalize: true,
    hideScrollbar: false,
    dragToSeek: true,
    peaks: [peaksOf(data.peaks)],
    duration: data.durationMs / 1000,
    plugins: [regions],
    cspNonce: data.nonce,
    ...(player.sound === undefined ? {} : { media: player.sound }),
  });
  waveform.on("interaction", (seconds) => player.seek(seconds * 1000));
  player.onMove((ms) => {
    if (!player.hasSound()) waveform.setTime(ms / 1000);
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () =>
    waveform.setOptions(colours()),
  );
  const marks = cueMarks(data, regions);
  const whole = (): void => marks.show(0, data.durationMs);
  waveform.on("ready", whole);
  waveform.on("scroll", (startSeconds, endSeconds) =>
    marks.show(startSeconds * 1000, endSeconds * 1000),
  );
  const scroll = waveform.getWrapper().parentElement;
  scroll?.setAttribute("role", "group");
  scroll?.setAttribute("aria-label", "Waveform");
  const zoom = optional<HTMLInputElement>("zoom");
  zoom?.addEventListener("input", () => {
    const fitting = container.clientWidth / (data.durationMs / 1000);
    // Even steps of the ear and eye: each multiplies.
    const most = Math.max(fitting, MOST_PIXELS_PER_SECOND);
    waveform.zoom(fitting * (most / fitting) ** (Number(zoom.value) / 100));
    // What scrolls can be reached by Tab.
    if (scroll !== null) scroll.tabIndex = Number(zoom.value) === 0 ? -1 : 0;
    if (Number(zoom.value) === 0) return whole();
    // What is heard now stays in the middle.
    const width = (waveform.getWidth() / waveform.getWrapper().clientWidth) * data.durationMs;
    waveform.setScrollTime(Math.max(0, player.nowMs() - width / 2) / 1000);
  });
}

function peaksOf(base64: string): number[] {
  return Array.from(atob(base64), (character) => character.charCodeAt(0) / 255);
}

function colours(): { waveColor: string; progressColor: string; cursorColor: string } {
  const style = getComputedStyle(document.documentElement);
  const colour = (name: string): string => style.getPropertyValue(name).trim();
  return {
    waveColor: colour("--wave"),
    progressColor: colour("--wave-played"),
    cursorColor: colour("--accent"),
  };
}

interface CueMarks {
  show(fromMs: number, toMs: number): void;
}

function cueMarks(
  { cues, segments }: ReportData,
  regions: ReturnType<typeof RegionsPlugin.create>,
): CueMarks {
  const marked = markedCues(cues, segments);
  let drawn = "";
  return {
    show(fromMs, toMs) {
      const chosen = chosenCues(marked, { fromMs, toMs, most: MOST_CUES });
      const key = chosen.map(({ startMs }) => startMs).join();
      if (key === drawn) return;
      drawn = key;
      regions.clearRegions();
      for (const { startMs, endMs, severity = "good" } of chosen) {
        regions.addRegion({
          start: startMs / 1000,
          end: endMs / 1000,
          color: `var(--cue-${severity})`,
          drag: false,
          resize: false,
        });
      }
    },
  };
}
