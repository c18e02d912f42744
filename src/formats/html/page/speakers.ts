/** A button a speaker, which shows or hides what they say. */
import type { ReportData } from "../report-data.ts";
import { optional } from "./elements.ts";
import { type ShownTranscript, VOICES } from "./transcript.ts";

export function createSpeakers(
  { speakers, segments }: ReportData,
  shown: ShownTranscript,
  onChange: () => void,
): void {
  const group = optional("speakers");
  if (group === undefined) return;
  const isShown = speakers.map(() => true);
  const buttons = speakers.map((name, index) => {
    const button = document.createElement("button");
    button.type = "button";
    button.dir = "auto";
    button.textContent = name;
    button.dataset.voice = String(index % VOICES);
    button.setAttribute("aria-pressed", "true");
    button.addEventListener("click", () => {
      isShown[index] = !isShown[index];
      button.setAttribute("aria-pressed", String(isShown[index]));
      for (const [at, { speaker }] of segments.entries()) {
        const item = shown.segments[at]?.item;
        if (item !== undefined && speaker === index) item.hidden = !isShown[index];
      }
      onChange();
    });
    return button;
  });
  group.append(...buttons);
}
