import { type Case, said, spoken } from "./case.ts";

/** Times as vendors should not give them. */
export const TIMES: readonly Case[] = [
  {
    name: "times-zero-length-words",
    about: "words without length, as some vendors give them",
    segments: [
      {
        text: "这些字都没有长度，但是我们还是要显示它们。",
        startMs: 1000,
        endMs: 6000,
        words: Array.from("这些字都没有长度但是我们还是要显示它们", (text, index) => ({
          text,
          startMs: 1000 + index * 250,
          endMs: 1000 + index * 250,
        })),
      },
    ],
  },
  {
    name: "times-overlapping-words",
    about: "each word reaches into the next",
    segments: [
      {
        text: "words that overlap each other all the time",
        startMs: 0,
        endMs: 4000,
        words: "words that overlap each other all the time".split(" ").map((text, index) => ({
          text,
          startMs: index * 480,
          endMs: index * 480 + 900,
        })),
      },
    ],
  },
  {
    name: "times-overlapping-segments",
    about: "segments of one voice that overlap a little, and one that lies in another",
    segments: [
      said(0, 5, "第一段话讲的是过去的事情，那时候大家都还年轻。"),
      said(4.6, 9, "第二段话接着上一段，重复了最后的半秒钟。"),
      said(8.8, 15, "第三段话很长，中间包含了另外一段，这是供应商的错误。"),
      said(9.5, 11, "第四段话在第三段里面。"),
    ],
  },
  {
    name: "times-zero-length-segments",
    about: "segments without any length, all at once",
    segments: [
      said(2, 2, "没有长度的第一句。"),
      said(2, 2, "没有长度的第二句。"),
      said(2, 2, "没有长度的第三句。"),
    ],
  },
  {
    name: "times-backwards",
    about: "ends before starts, a start before the recording",
    segments: [
      said(-0.3, 1.5, "Before the beginning."),
      said(3, 2, "Backwards."),
      said(5, 6, "Forwards."),
    ],
  },
  {
    name: "times-small-gaps",
    about: "gaps of one to thirty frames: closed to two, or left at half a second and more",
    segments: [
      said(0, 2, "这是第一句话。"),
      said(2.04, 4, "这是第二句话。"),
      said(4.3, 6, "这是第三句话。"),
      said(6.6, 8, "这是第四句话。"),
      said(9.2, 11, "这是第五句话。"),
    ],
  },
  {
    name: "times-small-gaps-24",
    about: "the same at 24 frames a second",
    segments: [
      said(0, 2, "这是第一句话。"),
      said(2.04, 4, "这是第二句话。"),
      said(4.3, 6, "这是第三句话。"),
    ],
    settings: { overrides: { fps: 24 } },
  },
  {
    name: "times-long-word",
    about: "one short word that lasts ten seconds",
    segments: [said(0, 10, "哦。"), said(10.2, 12, "原来是这样。")],
  },
  {
    name: "times-missing-words",
    about: "words that are written otherwise in the text: their times are filled in",
    segments: [
      {
        text: "价格是1250元，优惠以后是999元。",
        startMs: 0,
        endMs: 6000,
        words: [
          ...Array.from("价格是", (text, index) => ({
            text,
            startMs: index * 200,
            endMs: index * 200 + 200,
          })),
          { text: "一千二百五十", startMs: 700, endMs: 2000 },
          { text: "元", startMs: 2000, endMs: 2200 },
          ...Array.from("优惠以后是", (text, index) => ({
            text,
            startMs: 3000 + index * 200,
            endMs: 3200 + index * 200,
          })),
          { text: "九百九十九", startMs: 4100, endMs: 5400 },
          { text: "元", startMs: 5400, endMs: 5600 },
        ],
      },
    ],
  },
  {
    name: "times-pause-inside",
    about: "four seconds of silence in the middle of a segment with word times",
    segments: [
      {
        ...spoken(0, "让我想一想"),
        text: "让我想一想，答案应该是四十二。",
        endMs: 8000,
        words: [
          ...(spoken(0, "让我想一想").words ?? []),
          ...(spoken(5, "答案应该是四十二").words ?? []),
        ],
      },
    ],
  },
  {
    name: "times-vendor-line-breaks",
    about: "line breaks in a vendor's text, English and Chinese",
    segments: [said(0, 4, "first line\nsecond line"), said(4.2, 8, "第一行\n第二行")],
    style: "netflix-zh",
  },
  {
    name: "times-little-text",
    about: "whisper's long segments with a few words in them: each is one cue",
    segments: [
      said(0, 15, "好的，再见。"),
      said(16, 46, "谢谢观看！"),
      said(50, 65, "你好吗，我很好。"),
    ],
  },
];
