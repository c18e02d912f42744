/**
 * Short words that belong to a neighbour: a line should not end in one that leads on, nor begin
 * with one that closes. Netflix General Requirements, "Line Treatment"; BBC, 3.4.
 */
import { columnsOf } from "./measure.ts";

const list = (words: string): ReadonlySet<string> => new Set(words.trim().split(/\s+/));

// Articles, possessives, prepositions, conjunctions, subject pronouns, auxiliaries, negation.
const LEADS_ON = list(`
  a an the my your his her its our their this these those some any no every each
  of to in on at by for from with without into onto about over under between through during
  against among before after than like as per via upon
  and or but nor so yet if because that which who whom whose when where while although though
  unless until since whether
  i he she we they
  am is are was were be been being have has had do does did will would can could shall should
  may might must not don't doesn't didn't won't can't isn't aren't wasn't most more such only just i'm you're we're they're
  i've we've you've i'll we'll you'll it's he's she's there's that's let's very too mr mrs ms dr`);

const LEADS_ON_CHINESE = list(`
  和 与 與 及 或 或者 以及 跟 同 把 被 将 將 在 从 從 向 往 对 對 对于 對於 关于 關於 给 給 为 為
  为了 為了 由 由于 由於 于 於 比 按 按照 根据 根據 通过 通過 但 但是 可是 不过 不過 而 而且 并 並 并且
  並且 因为 因為 所以 因此 如果 虽然 雖然 即使 只要 只有 除了 就 也 都 还 還 又 再 才 只 不 没 沒
  没有 沒有 别 別 很 太 最 更 非常 十分 特别 特別 这 這 那 这个 這個 那个 那個 这些 這些 那些 某
  每 各 是 会 會 能 能够 能夠 可以 要 想 应该 應該 必须 必須 一个 一個 第
  随着 隨著 当 當 其中 所谓 所謂 除 是在 也在 就在 都在 还在 還在
  并不 並不 也不 就不 都不 还不 還不 也要 就要 都要 也会 也會 就会 就會 都会 都會 さらに そして しかし また この その あの どの`);

const OPENS_CLAUSE = list(`
  and or but so because that which who when where while if although though unless until since whether
  但 但是 可是 不过 不過 而且 并且 並且 因为 因為 所以 因此 如果 虽然 雖然 即使 只要 只有 然后 然後 或者 以及
  首先 其次 另外 同时 同時 其实 其實 当然 當然 总之 總之 那么 那麼 比如 例如 尤其 于是 於是 接着 接著`);

/** Before a new clause these end the one before: "what you want to do | when …". */
const ENDS_CLAUSE_TOO = list(`
  am is are was were be been have has had do does did will would can could shall should may might must
  not more most in on by about over under through before after don't doesn't didn't won't can't isn't
  aren't wasn't to too`);

const CLOSES = list(`
  的 地 得 了 着 著 过 過 们 們 吗 嗎 呢 吧 啊 呀 嘛 啦 哦 呗 唄 等 等等 之 所 里 裡 裏 上 下 中 内
  內 外 前 后 後 时 時 间 間 以上 以下 以内 以內 之后 之後 之前 的话 的話 来说 來說 起来 起來 下去
  は が を に で と も の へ や から まで より ね よ か な ぞ さ わ です ます た て ない だ でした
  ました ません という って けど ので のに には では とは`);

const WORD_AT_START = /^[\p{P}\s]*([\p{L}\p{M}'’]+)/u;
const WORD_AT_END = /(?<![\p{L}\p{M}\p{N}'’])([\p{L}\p{M}'’]+)$/u;
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;
/** Longer than any of the words above. */
const LONGEST = 6;

const words = new Intl.Segmenter("zh", { granularity: "word" });

/** @param word without punctuation, in any case */
export function leadsOn(word: string): boolean {
  return LEADS_ON.has(word.toLowerCase().replaceAll("’", "'")) || LEADS_ON_CHINESE.has(word);
}

/** Whether a new clause may begin with a word, in any case, without punctuation. */
export function opensClause(word: string): boolean {
  // ICU takes 首先是 for one word.
  return OPENS_CLAUSE.has(word.toLowerCase().replace(/(?<=..)是$/u, ""));
}

/** Whether a word leads on to the very one after it; both without punctuation. */
export function leadsOnTo(word: string, next: string): boolean {
  return leadsOn(word) && !(opensClause(next) && ENDS_CLAUSE_TOO.has(word.toLowerCase()));
}

/** @param word without punctuation */
export function closes(word: string): boolean {
  return CLOSES.has(word);
}

/** Whether a line ends in a word that belongs to what follows on the next one. */
export function isWeakEnd(line: string, nextLine: string): boolean {
  const end = WORD_AT_END.exec(line)?.[1];
  if (end === undefined) return false;
  if (!UNSPACED.test(end)) return leadsOnTo(end, WORD_AT_START.exec(nextLine)?.[1] ?? "");
  let last = "";
  // A line's last few characters cut as the whole: the words are short.
  for (const { segment } of words.segment(end.slice(-4 * LONGEST))) last = segment;
  return leadsOn(last);
}

/** Shortest last line, in columns: of Chinese three characters, else a word of ten letters. */
const ORPHAN_COLUMNS = { unspaced: 6, spaced: 10 };

/** How wide a single last word should at least be. */
export function orphanColumns(word: string): number {
  return UNSPACED.test(word) ? ORPHAN_COLUMNS.unspaced : ORPHAN_COLUMNS.spaced;
}

/**
 * A last line that is a single short word, in columns: its width, and what it should have at least;
 * undefined where it is long enough.
 */
export function orphanOf(line: string): { columns: number; limit: number } | undefined {
  const text = line.replace(/[\p{P}\s]+$/u, "").replace(/^[\p{P}\s]+/u, "");
  if (text === "" || /\s/.test(text)) return undefined;
  const limit = orphanColumns(text);
  const columns = columnsOf(text, 1);
  return columns < limit ? { columns, limit } : undefined;
}
