/**
 * Phrases whose numbers count nothing, as far as the rules would change them. Most idioms need no
 * mention: 一心一意 or 千方百计 hold no number of two characters and no measure word.
 */
export const IDIOMS: readonly string[] = [
  "一五一十",
  "七七八八",
  "二百五",
  "十万八千里",
  "十万火急",
  "三百六十行",
  "五十步笑百步",
  "三十而立",
  "三十六计",
  "七十二变",
  "一千零一夜",
  "一点点",
  "一点一点",
  "一点一滴",
  "一个个",
  "一天天",
  "一次次",
  "一年年",
  "一年到头",
  "一年半载",
  "一天到晚",
  "一个劲",
  "三天两头",
  "三番五次",
  "五次三番",
  "三年五载",
  "七十古来稀",
];
