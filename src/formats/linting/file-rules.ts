/** Rules of a subtitle file, beside those of its cues. */
import type { Severity } from "../../subtitles/rules.ts";
import type { DecodedText } from "../reading/decode-text.ts";
import type { FileRule } from "../reading/subtitle-file.ts";
import type { ByteRule, LintFinding } from "./finding.ts";

interface FileRuleText {
  readonly severity: Severity;
  readonly title: string;
}

/** A hard one makes a player drop or misplace something; a soft one is put right by most. */
export const FILE_RULES: Readonly<Record<FileRule | ByteRule, FileRuleText>> = {
  encoding: { severity: "hard", title: "the file is UTF-8" },
  "byte-order-mark": { severity: "soft", title: "the file begins with its first character" },
  times: { severity: "hard", title: "times can be read" },
  "time-separator": { severity: "hard", title: "times are written as the format has them" },
  order: { severity: "hard", title: "cues come by their start" },
  "blank-line": { severity: "hard", title: "an empty line ends a cue and stands nowhere else" },
  "stray-text": { severity: "hard", title: "text belongs to a cue" },
  "empty-cue": { severity: "hard", title: "a cue has text" },
  numbering: { severity: "soft", title: "cues are numbered from 1 on" },
};

/** What is wrong with the bytes that a file is made of. */
export function byteFindings({
  faultLine,
  encoding,
  hasByteOrderMark,
}: DecodedText): LintFinding[] {
  if (encoding !== "utf-8") {
    return [byteFinding("encoding", 1, encoding === "utf-16le" ? "UTF-16LE" : "UTF-16BE", "UTF-8")];
  }
  const broken = "bytes that are not UTF-8";
  return [
    ...(hasByteOrderMark ? [byteFinding("byte-order-mark", 1, "a byte order mark", "none")] : []),
    ...(faultLine === undefined ? [] : [byteFinding("encoding", faultLine, broken, "UTF-8")]),
  ];
}

function byteFinding(rule: ByteRule, line: number, measured: string, limit: string): LintFinding {
  return { rule, ...FILE_RULES[rule], line, measured, limit, unit: "" };
}
