/** Speech as fast-check makes it up: real words in several languages, with and without word times. */
import fc from "fast-check";
import type { Segment, Word } from "../../src/transcript/transcript.ts";

const CHINESE = [
  ...[
    "今天",
    "我们",
    "讨论",
    "一下",
    "人工智能",
    "的",
    "应用",
    "，",
    "。",
    "？",
    "、",
    "《红楼梦》",
  ],
  ...[
    "Kubernetes",
    " GPT-4 ",
    "3.14",
    "百分之五十",
    "2026年11月20日",
    "了",
    "因为",
    "（注）",
    "“好的”",
  ],
  ...["https://example.com/a/very/long/path?with=query&and=more", "嗯", "！", "——", "……"],
];
const ENGLISH = [
  ...[
    "the ",
    "of ",
    "and ",
    "a ",
    "internationalisation ",
    "cat ",
    "sat. ",
    "well, ",
    "3.14 ",
    "Mr. ",
  ],
  ...[
    "“quoted” ",
    "(aside) ",
    "https://example.com/a/very/long/path/that/never/seems/to/end ",
    "I ",
    "no! ",
  ],
];
const OTHER = [
  "私は",
  "東京へ",
  "行きました",
  "。",
  "ッ",
  "안녕하세요 ",
  "오늘은 ",
  "👩‍👩‍👧‍👦",
  "ไทย",
  "e\u0301",
  "\u3000",
];

const anyWords = fc.oneof(
  fc.array(fc.constantFrom(...CHINESE), { minLength: 1, maxLength: 24 }),
  fc.array(fc.constantFrom(...ENGLISH), { minLength: 1, maxLength: 24 }),
  fc.array(fc.constantFrom(...CHINESE, ...ENGLISH, ...OTHER), { minLength: 1, maxLength: 16 }),
);

const anyMsPerWord = fc.constantFrom(0, 40, 200, 350, 900);
const anyPauseMs = fc.constantFrom(-1500, -200, 0, 80, 400, 1200, 5000);

interface Said {
  readonly words: readonly string[];
  readonly msPerWord: number;
  readonly pauseMs: number;
  readonly speaker: string | undefined;
  readonly isTimed: boolean;
}

const anySaid: fc.Arbitrary<Said> = fc.record({
  words: anyWords,
  msPerWord: anyMsPerWord,
  pauseMs: anyPauseMs,
  speaker: fc.constantFrom(undefined, undefined, "0", "1", "王芳"),
  isTimed: fc.boolean(),
});

function segmentsOf(said: readonly Said[]): Segment[] {
  let atMs = 0;
  return said.map(({ words, msPerWord, pauseMs, speaker, isTimed }) => {
    const startMs = Math.max(0, atMs + pauseMs);
    const timed = words.map(
      (text, index): Word => ({
        text: text.trim(),
        startMs: startMs + index * msPerWord,
        endMs: startMs + (index + 1) * msPerWord,
      }),
    );
    atMs = startMs + words.length * msPerWord;
    return {
      text: words.join(""),
      startMs,
      endMs: atMs,
      ...(speaker === undefined ? {} : { speaker }),
      ...(isTimed ? { words: timed } : {}),
    };
  });
}

/** Segments in the order in which they were said, some overlapping, some with speakers. */
export const anySpeech: fc.Arbitrary<Segment[]> = fc
  .array(anySaid, { minLength: 1, maxLength: 8 })
  .map(segmentsOf);
