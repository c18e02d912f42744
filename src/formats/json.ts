import { transcriptToJson } from "../transcript/to-json.ts";
import type { TranscriptFormat } from "./format.ts";
import { jsonText } from "./json-text.ts";

/** The whole transcript, when it is done; of a job that failed, what there is. */
export const json: TranscriptFormat = {
  name: "json",
  extension: "json",
  title: "JSON",
  help: "everything that is known, as whisper's and OpenAI's verbose JSON",
  atEnd: true,
  sharing: { separator: "", interleaved: false },
  open: ({ pretty = true }) => ({
    write(event) {
      const isEnd = event.type === "done" || event.type === "error";
      if (!isEnd || event.transcript === undefined) return "";
      return jsonText(transcriptToJson(event.transcript), pretty ? 2 : 0);
    },
  }),
};
