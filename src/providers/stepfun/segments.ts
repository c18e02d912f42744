/** From groups to segments: measured times where there are any, shared out where not. */
import type { Segment } from "../../transcript/transcript.ts";
import type { Group } from "./groups.ts";
import { sentencesOf } from "./sentences.ts";

/**
 * Groups without times share the audio between their neighbours by the length of their texts, a
 * sentence a segment, and are marked approximate.
 *
 * @param durationMs Of the audio; undefined where it is not known.
 */
export function segmentsOf(groups: readonly Group[], durationMs: number | undefined): Segment[] {
  const spoken = groups
    .flatMap((group) =>
      isTimed(group) ? [group] : sentencesOf(group.text).map((text): Group => ({ text })),
    )
    .map((group) => ({ ...group, text: group.text.trim() }))
    .filter((group) => group.text !== "");
  const segments: Segment[] = [];
  for (let index = 0; index < spoken.length; ) {
    const untimed = spoken.slice(index).findIndex(isTimed);
    const count = untimed === -1 ? spoken.length - index : untimed;
    const fromMs = segments.at(-1)?.endMs ?? 0;
    const toMs = spoken[index + count]?.startMs ?? durationMs ?? fromMs;
    segments.push(...spread(spoken.slice(index, index + count), fromMs, Math.max(fromMs, toMs)));
    index += count;
    for (let next = spoken[index]; next !== undefined && isTimed(next); next = spoken[++index]) {
      segments.push({ text: next.text, startMs: next.startMs, endMs: next.endMs });
    }
  }
  return segments;
}

function isTimed(group: Group): group is Required<Group> {
  return group.startMs !== undefined && group.endMs !== undefined;
}

function spread(groups: readonly Group[], fromMs: number, toMs: number): Segment[] {
  const length = groups.reduce((sum, group) => sum + group.text.length, 0);
  let passed = 0;
  return groups.map(({ text }) => {
    const startMs = Math.round(fromMs + ((toMs - fromMs) * passed) / length);
    passed += text.length;
    const endMs = Math.round(fromMs + ((toMs - fromMs) * passed) / length);
    return { text, startMs, endMs, approximate: true };
  });
}
