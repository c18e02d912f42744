/**
 * Pairs whose scores are known. Sources: "jiwer" are its own tests at github.com/jitsi/jiwer (`tests/`
 * test_measures, test_cer, test_empty_ref, test_alignment), "MER" the paper that those quote (A. Morris
 * et al., "From WER and RIL to MER and WIL", Interspeech 2004); the others are worked by hand.
 */
export interface KnownAnswer {
  readonly from: string;
  readonly reference: string;
  readonly hypothesis: string;
  /** Errors over the reference's length. */
  readonly wer?: readonly [number, number];
  readonly cer?: readonly [number, number];
  readonly mixed?: readonly [number, number];
}

function known(
  from: string,
  reference: string,
  hypothesis: string,
  rates: Omit<KnownAnswer, "from" | "reference" | "hypothesis">,
): KnownAnswer {
  return { from, reference, hypothesis, ...rates };
}

export const KNOWN_ANSWERS: readonly KnownAnswer[] = [
  known("jiwer", "This is a test", "This is a test", { wer: [0, 4], cer: [0, 14], mixed: [0, 4] }),
  known("jiwer", "This is a test", "", { wer: [4, 4], cer: [14, 14], mixed: [4, 4] }),
  known("jiwer", "This is a test", "This test", { wer: [2, 4], cer: [5, 14], mixed: [2, 4] }),
  known("jiwer", "hello this sentence is fractured", "this sentence", { wer: [3, 5] }),
  known(
    "jiwer",
    "i am a short ground truth",
    "i am a considerably longer and very much incorrect hypothesis",
    { wer: [7, 6] },
  ),
  known("MER", "X", "X", { wer: [0, 1], cer: [0, 1] }),
  known("MER", "X", "X X Y Y", { wer: [3, 1], cer: [6, 1] }),
  known("MER", "X Y X", "X Z", { wer: [2, 3], cer: [3, 5] }),
  known("MER", "X", "Y", { wer: [1, 1], cer: [1, 1] }),
  known("MER", "X", "Y Z", { wer: [2, 1], cer: [3, 1] }),
  known("jiwer", "", "", { wer: [0, 0], cer: [0, 0], mixed: [0, 0] }),
  known("jiwer", "", "hello", { wer: [1, 0], cer: [5, 0], mixed: [1, 0] }),
  known("jiwer", "", "0 1 2 3 4", { wer: [5, 0], cer: [9, 0] }),
  known("jiwer", "", "abd", { cer: [3, 0] }),
  known("jiwer", "hello", "", { wer: [1, 1], cer: [5, 5] }),
  known("jiwer", "abc", "", { cer: [3, 3] }),
  known("jiwer", "this is a", "this is a test", { wer: [1, 3], cer: [5, 9] }),
  known("jiwer", "this is a test", "this is a", { wer: [1, 4], cer: [5, 14] }),
  known("jiwer", "this is a test", "this was a test", { wer: [1, 4] }),
  known("jiwer", "this is a test", "this iz a test", { wer: [1, 4], cer: [1, 14] }),
  known("jiwer", "this is a test of skill", "this was a messy test", {
    wer: [4, 6],
    cer: [12, 23],
  }),
  known("jiwer", "this test will  have a high word error rate", "no it will not", {
    wer: [8, 9],
    cer: [33, 43],
  }),
  known("jiwer", "this sentence could be split", "this sentence will be split by ai", {
    wer: [3, 5],
    cer: [10, 28],
  }),
  known("hand: all insertions", "a", "x a y", { wer: [2, 1], cer: [4, 1], mixed: [2, 1] }),
  known("hand: nothing in common", "a b c", "d e f", { wer: [3, 3], cer: [3, 5], mixed: [3, 3] }),
  known("hand: order", "a b", "b a", { wer: [2, 2], cer: [2, 3] }),
  known("hand: spaces at the ends and between", "  a \t b\n", "a b", {
    wer: [0, 2],
    mixed: [0, 2],
  }),
  known("hand: one word cut in two", "together", "to gether", { wer: [2, 1], cer: [1, 8] }),
  known("hand: case counts", "Test", "test", { wer: [1, 1], cer: [1, 4] }),
  known("hand: a point belongs to its word", "end.", "end", { wer: [1, 1], cer: [1, 4] }),
  known("hand: é of two code points", "cafe\u0301", "caf\u00e9", { wer: [1, 1], cer: [2, 5] }),
  known("hand: a picture is one code point", "a😀", "ab", { wer: [1, 1], cer: [1, 2] }),
  known("hand: Chinese", "今天天气很好", "今天天气很好", {
    wer: [0, 1],
    cer: [0, 6],
    mixed: [0, 6],
  }),
  known("hand: Chinese, one wrong", "今天天气很好", "今天天汽很好", {
    wer: [1, 1],
    cer: [1, 6],
    mixed: [1, 6],
  }),
  known("hand: Chinese, one left out", "今天天气很好", "今天天很好", {
    cer: [1, 6],
    mixed: [1, 6],
  }),
  known("hand: Chinese, one added", "你好", "你们好", { cer: [1, 2], mixed: [1, 2] }),
  known("hand: Chinese with spaces", "你 好", "你好", { wer: [2, 2], cer: [1, 3], mixed: [0, 2] }),
  known("hand: punctuation alone", "，。！", "，！", { wer: [1, 1], cer: [1, 3] }),
  known("hand: two languages", "我用 Kubernetes 部署", "我用 kubernetes 部署", {
    wer: [1, 3],
    cer: [1, 16],
    mixed: [1, 5],
  }),
  known("hand: two languages, one word cut", "我用Kubernetes部署", "我用Kuber netes部署", {
    wer: [2, 1],
    cer: [1, 14],
    mixed: [2, 5],
  }),
  known("hand: a number is a word", "在2024年", "在2023年", { cer: [1, 6], mixed: [1, 3] }),
  known("hand: Japanese", "東京タワーへ行く", "東京タワに行く", { cer: [2, 8], mixed: [2, 8] }),
  known("hand: Korean", "안녕 세계", "안녕 세상", { wer: [1, 2], cer: [1, 5], mixed: [1, 4] }),
  known("hand: traditional is another character", "說話", "说话", { cer: [2, 2], mixed: [2, 2] }),
];
