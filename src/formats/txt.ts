import { singleLine } from "../transcript/text.ts";
import type { TranscriptFormat } from "./format.ts";

/** A segment a line; line breaks inside a segment become spaces, blank segments are left out. */
export const txt: TranscriptFormat = {
  name: "txt",
  extension: "txt",
  title: "Plain text",
  help: "one segment a line",
  sharing: { separator: "\n", interleaved: false },
  open: () => ({
    write(event) {
      if (event.type !== "final") return "";
      const line = singleLine(event.segment.text);
      return line === "" ? "" : `${line}\n`;
    },
  }),
};
