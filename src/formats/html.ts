import type { TranscriptFormat } from "./format.ts";
import { pageOf } from "./html/page.ts";
import { reportOf } from "./html/report.ts";

/** A page to listen to and read, when it is done; of a job that failed, what there is. */
export const html: TranscriptFormat = {
  name: "html",
  extension: "html",
  title: "HTML report",
  help: "a page with waveform, player and transcript, whose words follow the sound",
  atEnd: true,
  open: (options) => ({
    write(event) {
      const isEnd = event.type === "done" || event.type === "error";
      if (!isEnd || event.transcript === undefined) return "";
      const sound = event.type === "done" ? event.sound : undefined;
      return pageOf(event.transcript, reportOf(event.transcript, options, sound), sound);
    },
  }),
};
