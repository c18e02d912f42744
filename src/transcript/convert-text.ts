/** A transcript with its text written otherwise: in another script, by a converter that is given. */
import type { JobEvent } from "./events.ts";
import type { Segment, Transcript, Word } from "./transcript.ts";

type Convert = (text: string) => string;

/** Partials, finals, and the transcript at the end; all else as it is. */
export function convertEvent(event: JobEvent, convert: Convert): JobEvent {
  switch (event.type) {
    case "partial":
    case "final":
      return { ...event, segment: convertSegment(event.segment, convert) };
    case "done":
      return { ...event, transcript: convertTranscript(event.transcript, convert) };
    case "error":
      return event.transcript === undefined
        ? event
        : { ...event, transcript: convertTranscript(event.transcript, convert) };
    default:
      return event;
  }
}

/** Its segments; the vendor's own answers (`raw`) stay as they came. */
function convertTranscript(transcript: Transcript, convert: Convert): Transcript {
  const segments = transcript.segments.map((segment) => convertSegment(segment, convert));
  return { ...transcript, segments };
}

/**
 * The text is converted as a whole, since phrases decide (头发 to 頭髮, 发展 to 發展), and each word is
 * cut out of it where it stood. That needs a conversion of character for character; where one
 * changes the count, or words are not those of the text, each word is converted by itself.
 */
export function convertSegment(segment: Segment, convert: Convert): Segment {
  const text = convert(segment.text);
  const { words } = segment;
  if (words === undefined) return { ...segment, text };
  return { ...segment, text, words: wordsIn(text, segment.text, words) ?? alone(words, convert) };
}

/** @returns undefined where the words can't be found in the text, or their places in the new one */
function wordsIn(text: string, before: string, words: readonly Word[]): Word[] | undefined {
  const characters = Array.from(text);
  const offsets = characterOffsets(before);
  if (characters.length !== offsets.size - 1) return undefined;
  const found: Word[] = [];
  let from = 0;
  for (const word of words) {
    const at = before.indexOf(word.text, from);
    const start = offsets.get(at);
    const end = offsets.get(at + word.text.length);
    if (start === undefined || end === undefined) return undefined;
    found.push({ ...word, text: characters.slice(start, end).join("") });
    from = at + word.text.length;
  }
  return found;
}

/** Which character begins at an offset in UTF-16 code units; the end of the text too. */
function characterOffsets(text: string): ReadonlyMap<number, number> {
  const offsets = new Map<number, number>();
  let offset = 0;
  let index = 0;
  for (const character of text) {
    offsets.set(offset, index);
    offset += character.length;
    index += 1;
  }
  return offsets.set(offset, index);
}

function alone(words: readonly Word[], convert: Convert): Word[] {
  return words.map((word) => ({ ...word, text: convert(word.text) }));
}
