/** What is never torn apart where a line holds it, and how well a line breaks after each. */
import { columnsOf, graphemesOf } from "../measure.ts";
import { insideLine, punctuated } from "../punctuation.ts";
import type { SubtitleStyle } from "../style.ts";
import { type Break, createBreakJudge, isLegalBreak } from "./break-cost.ts";
import { bracketPairs, depthsOf, type HotwordFinder, type Stretch } from "./protected.ts";
import { type Token, tokensOf } from "./tokens.ts";

export interface BreakUnit {
  /** In the text that was cut, in UTF-16 code units: with its marks, without the blank after it. */
  readonly start: number;
  readonly end: number;
  /** As it stands inside a line, with the blank after it. */
  readonly inside: string;
  /** As it stands at the end of a line. */
  readonly atEnd: string;
  /** Columns of `inside`. */
  readonly columns: number;
  /** Columns of `atEnd`. */
  readonly endColumns: number;
  /** How bad a break after it is, and what it ends. */
  readonly after: Break;
}

export interface UnitSettings {
  readonly style: SubtitleStyle;
  readonly hotwords: HotwordFinder;
}

/**
 * Cuts a text that is one segment's; nothing of it is lost but blanks around units.
 *
 * @param names stretches that a recogniser takes for one word
 */
export function breakUnits(
  text: string,
  { style, hotwords }: UnitSettings,
  names: readonly Stretch[] = [],
): BreakUnit[] {
  const judge = createBreakJudge(text, bracketPairs(text));
  const isWhole = depthsOf([...hotwords(text), ...names], text.length);
  const units: BreakUnit[] = [];
  let first: Token | undefined;
  let last: Token | undefined;

  const close = (blank: string, next: Token | undefined): void => {
    if (first === undefined || last === undefined) return;
    const after = judge({ first, last, blank, next });
    units.push(...fitting(text, { start: first.start, end: last.end }, blank, after, style));
    first = undefined;
    last = undefined;
  };

  const tokens = tokensOf(text);
  for (const [index, token] of tokens.entries()) {
    if (token.kind === "blank") continue;
    const before = tokens[index - 1];
    const blank = before?.kind === "blank" ? before.text : "";
    const isTorn = isWhole(token.start) > 0;
    if (last !== undefined && !isTorn && isLegalBreak(text, last, blank, token)) {
      close(blank, token);
    }
    first ??= token;
    last = token;
  }
  close("", undefined);
  return units;
}

/** A unit; one that no line holds in pieces that lines do. */
function fitting(
  text: string,
  { start, end }: Stretch,
  blank: string,
  after: Break,
  style: SubtitleStyle,
): BreakUnit[] {
  const unit = unitOf(text, start, end, blank, after, style);
  if (style.maxLine === undefined) return [unit];
  if (unit.endColumns <= style.maxLine * style.columnsPerCharacter) return [unit];
  const pieces: BreakUnit[] = [];
  const core = text.slice(start, end);
  // Marks that the end of a line may leave out go with the last character.
  const left = style.punctuation === "keep" ? core : core.replace(/[，。、､｡]+$/, "");
  const coreEnd = start + (left.length || core.length);
  let from = start;
  for (const grapheme of graphemesOf(text.slice(start, coreEnd))) {
    const isLast = from + grapheme.length === coreEnd;
    const to = isLast ? end : from + grapheme.length;
    const inner: Break = { cost: innerCost(text, from, to), ends: "nothing" };
    pieces.push(unitOf(text, from, to, isLast ? blank : "", isLast ? after : inner, style));
    from = to;
  }
  return pieces;
}

/** Inside a word only where nothing else is left; an address rather after its marks. */
const INSIDE_WORD = 6000;
const INSIDE_ADDRESS = 1500;
const AFTER_SLASH = 700;

function innerCost(text: string, from: number, to: number): number {
  const mark = text.slice(from, to);
  if (/^[/.]/.test(text.slice(to))) return INSIDE_WORD;
  if (mark === "/") return AFTER_SLASH;
  return /^[?&=_.#:;,+-]$/.test(mark) ? INSIDE_ADDRESS : INSIDE_WORD;
}

function unitOf(
  text: string,
  start: number,
  end: number,
  blank: string,
  after: Break,
  { punctuation, columnsPerCharacter }: SubtitleStyle,
): BreakUnit {
  const core = text.slice(start, end);
  const inside = insideLine(core + blank.replace("\n", " "), punctuation);
  const atEnd = punctuated(core, punctuation);
  const columns = columnsOf(inside, columnsPerCharacter);
  const endColumns = atEnd === inside ? columns : columnsOf(atEnd, columnsPerCharacter);
  return { start, end, inside, atEnd, columns, endColumns, after };
}
