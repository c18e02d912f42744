/** Who speaks: told apart, and called. */
import type { Segment } from "../transcript/transcript.ts";
import type { SubtitleStyle } from "./style.ts";

/** What tells one voice from another. */
export type Voice = Pick<Segment, "speaker" | "channel">;

export function isSameVoice(one: Voice, other: Voice): boolean {
  return one.speaker === other.speaker && one.channel === other.channel;
}

/** The same for the same voice, for maps. */
export function keyOf({ speaker, channel }: Voice): string {
  return JSON.stringify([speaker, channel]);
}

/** The voice of a segment or cue, and nothing else of it. */
export function voiceOf({ speaker, channel }: Voice): Voice {
  return {
    ...(speaker === undefined ? {} : { speaker }),
    ...(channel === undefined ? {} : { channel }),
  };
}

/**
 * A name with its colon, to stand before what is said; empty where nothing tells who speaks.
 * Labels that are only numbers get a word before them.
 */
export function namePrefix({ speaker, channel }: Voice, style: SubtitleStyle): string {
  const isChinese = style.columnsPerCharacter === 2;
  const named = (word: string, label: string): string =>
    isChinese ? `${word}${label}：` : `${word} ${label}: `;
  if (speaker !== undefined) {
    if (/^[\d-]+$/.test(speaker)) return named(isChinese ? "说话人" : "Speaker", speaker);
    return isChinese ? `${speaker}：` : `${speaker}: `;
  }
  return channel === undefined ? "" : named(isChinese ? "声道" : "Channel", String(channel));
}
