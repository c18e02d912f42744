import { transcriptToJson } from "../transcript/json.ts";
import type { TranscriptFormat } from "./format.ts";
import { jsonText } from "./json-text.ts";

/** The whole transcript, when it is done. */
export const json: TranscriptFormat = {
  name: "json",
  extension: "json",
  title: "JSON",
  help: "everything that is known, as whisper's and OpenAI's verbose JSON",
  sharing: { separator: "", interleaved: false },
  open: ({ pretty = true }) => ({
    write: (event) =>
      event.type === "done" ? jsonText(transcriptToJson(event.transcript), pretty ? 2 : 0) : "",
  }),
};
