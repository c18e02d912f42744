/**
 * Results as JUnit XML, in the elements and attributes that Jenkins, GitLab and GitHub's reporters
 * read alike (the schema of Jenkins' xUnit plugin, junit-10.xsd).
 */
import { differenceLines, PLAIN_DIFFERENCE } from "./difference-text.ts";
import { type CaseResult, isPassed, type Problem } from "./result.ts";

// XML 1.0, section 2.2, "Char": everything else may stand in no document, not even escaped.
const NO_CHARACTER = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

const ESCAPES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "\t": "&#9;",
  "\n": "&#10;",
  "\r": "&#13;",
};

/** Without what no XML may hold: control characters, halves of characters. */
function legal(text: string): string {
  return text.toWellFormed().replace(NO_CHARACTER, "");
}

function attribute(value: string | number): string {
  return legal(String(value)).replace(/[&<>"\t\n\r]/g, (sign) => ESCAPES[sign] ?? "");
}

function content(text: string): string {
  return legal(text).replace(/[&<>\r]/g, (sign) => ESCAPES[sign] ?? "");
}

type Attributes = Readonly<Record<string, string | number>>;

function tag(name: string, attributes: Attributes): string {
  const pairs = Object.entries(attributes).map(([key, value]) => ` ${key}="${attribute(value)}"`);
  return `<${name}${pairs.join("")}`;
}

const seconds = (ms: number): string => (ms / 1000).toFixed(3);

/** All that is said of a problem, below its message. */
function problemText({ message, reason, hint, difference = [] }: Problem): string {
  const lines = [
    message,
    ...(reason === undefined ? [] : [`why: ${reason}`]),
    ...(hint === undefined ? [] : [`try: ${hint}`]),
    ...differenceLines(difference, PLAIN_DIFFERENCE, (text) => text),
  ];
  return lines.join("\n");
}

/** One element a case: a reporter shows the first of its messages, and all of its text. */
function* testCase({ name, status, durationMs, problems }: CaseResult): Generator<string> {
  const at = name.lastIndexOf("/");
  const opening = tag("testcase", {
    name: name.slice(at + 1),
    classname: at === -1 ? "asr" : `asr.${name.slice(0, at).replaceAll("/", ".")}`,
    time: seconds(durationMs),
  });
  if (isPassed({ status })) {
    yield `    ${opening}/>\n`;
    return;
  }
  const element = status === "error" ? "error" : "failure";
  const [first] = problems;
  yield `    ${opening}>\n`;
  yield `      ${tag(element, { message: problems.map(({ message }) => message).join("; "), type: first?.code ?? "" })}>`;
  yield `${content(problems.map(problemText).join("\n\n"))}</${element}>\n`;
  yield "    </testcase>\n";
}

/** @param name of the suite: the folders, as they were named */
export function* junitXml(name: string, results: readonly CaseResult[]): Generator<string> {
  const counts = {
    tests: results.length,
    failures: results.filter(({ status }) => status === "failed").length,
    errors: results.filter(({ status }) => status === "error").length,
    time: seconds(results.reduce((sum, { durationMs }) => sum + durationMs, 0)),
  };
  yield '<?xml version="1.0" encoding="UTF-8"?>\n';
  yield `${tag("testsuites", { name: "asr verify", ...counts })}>\n`;
  yield `  ${tag("testsuite", { name, ...counts, skipped: 0 })}>\n`;
  for (const result of results) yield* testCase(result);
  yield "  </testsuite>\n</testsuites>\n";
}
