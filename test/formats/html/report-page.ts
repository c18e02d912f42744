/** Reports for tests, and their pages read as a browser reads them. */
import { type DefaultTreeAdapterTypes, parse } from "parse5";
import type { ReportData } from "../../../src/formats/html/report-data.ts";
import { formatTranscript } from "../../../src/formats/table.ts";
import type { Sound } from "../../../src/transcript/sound.ts";
import type { Segment, Transcript } from "../../../src/transcript/transcript.ts";

export function transcriptOf(
  segments: readonly Segment[],
  rest: Partial<Transcript> = {},
): Transcript {
  return {
    provider: "local",
    durationMs: segments.at(-1)?.endMs ?? 0,
    segments,
    warnings: [],
    requestIds: [],
    ...rest,
  };
}

export function pageOf(transcript: Transcript, sound?: Sound): string {
  return formatTranscript("html", transcript, sound === undefined ? {} : { sound });
}

type Element = DefaultTreeAdapterTypes.Element;

export interface ParsedPage {
  readonly elements: readonly Element[];
  /** What the page's script is given. */
  readonly data: ReportData;
}

export function parsedPage(page: string): ParsedPage {
  const elements = elementsIn(parse(page));
  const block = elements.find((element) => attributeOf(element, "id") === "data");
  return { elements, data: JSON.parse(block === undefined ? "" : textOf(block)) };
}

export function attributeOf({ attrs }: Element, name: string): string | undefined {
  return attrs.find((attribute) => attribute.name === name)?.value;
}

export function textOf(element: Element): string {
  return element.childNodes
    .map((node) => ("value" in node ? node.value : "tagName" in node ? textOf(node) : ""))
    .join("");
}

function elementsIn(node: DefaultTreeAdapterTypes.ParentNode): Element[] {
  return node.childNodes.flatMap((child) =>
    "tagName" in child ? [child, ...elementsIn(child)] : [],
  );
}
