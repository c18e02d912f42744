/** Text in the encodings of `result_text_format` (realtime document, URL parameters). */

/** `result_text_format` → label of the encoding, as TextDecoder knows it. */
export const RESULT_TEXT_FORMATS = ["utf-8", "gb2312", "gbk", "big5"] as const;
export type Charset = (typeof RESULT_TEXT_FORMATS)[number];

type Range = readonly [first: number, last: number];

interface DoubleByteLayout {
  readonly decoder: string;
  readonly leads: Range;
  readonly trails: readonly Range[];
  /** Pairs that a newer standard put into free places of this one. */
  readonly excluded: readonly Range[];
}

/** What GBK and GB18030 added to the rows of GB2312. */
const ADDED_TO_GB2312: readonly Range[] = [
  [0xa2a1, 0xa2b0],
  [0xa2e3, 0xa2e4],
  [0xa6d9, 0xa6f5],
  [0xa8bb, 0xa8c0],
];

/** What GB18030 added to GBK. */
const ADDED_TO_GBK: readonly Range[] = [
  [0xa2e3, 0xa2e3],
  [0xa6d9, 0xa6df],
  [0xa8bc, 0xa8bc],
  [0xa8bf, 0xa8bf],
  [0xa989, 0xa995],
  [0xfe50, 0xfea0],
];

/** Doubles of 十 and 卅, the euro sign, and the seven characters and frames of ETEN. */
const ADDED_TO_BIG5: readonly Range[] = [
  [0xa2cc, 0xa2cc],
  [0xa2ce, 0xa2ce],
  [0xa3e1, 0xa3e1],
  [0xf9d6, 0xf9fe],
];

const LAYOUTS: Readonly<Record<Exclude<Charset, "utf-8">, DoubleByteLayout>> = {
  gb2312: {
    decoder: "gbk",
    leads: [0xa1, 0xf7],
    trails: [[0xa1, 0xfe]],
    excluded: ADDED_TO_GB2312,
  },
  gbk: {
    decoder: "gbk",
    leads: [0x81, 0xfe],
    trails: [
      [0x40, 0x7e],
      [0x80, 0xfe],
    ],
    excluded: ADDED_TO_GBK,
  },
  big5: {
    decoder: "big5",
    leads: [0xa1, 0xf9],
    trails: [
      [0x40, 0x7e],
      [0xa1, 0xfe],
    ],
    excluded: ADDED_TO_BIG5,
  },
};

const tables = new Map<Charset, ReadonlyMap<string, number>>();

/** Encodes text; a character that the encoding lacks becomes "?". */
export function encodeText(text: string, charset: Charset): Buffer {
  if (charset === "utf-8") return Buffer.from(text);
  const table = tables.get(charset) ?? reverseTable(LAYOUTS[charset]);
  tables.set(charset, table);
  const bytes: number[] = [];
  for (const character of text) {
    const pair = table.get(character);
    if (character <= "\x7f") bytes.push(character.charCodeAt(0));
    else if (pair === undefined) bytes.push(0x3f);
    else bytes.push(pair >> 8, pair & 0xff);
  }
  return Buffer.from(bytes);
}

/** Asks TextDecoder for every pair of bytes what it means, and turns the answers around. */
function reverseTable(layout: DoubleByteLayout): ReadonlyMap<string, number> {
  const decoder = new TextDecoder(layout.decoder);
  const table = new Map<string, number>();
  for (const lead of range(layout.leads)) {
    for (const trail of layout.trails.flatMap(range)) {
      const pair = lead * 256 + trail;
      if (layout.excluded.some(([first, last]) => pair >= first && pair <= last)) continue;
      const character = decoder.decode(Uint8Array.of(lead, trail));
      const isOne = [...character].length === 1;
      if (isOne && !/[\uFFFD\p{Private_Use}]/u.test(character) && !table.has(character)) {
        table.set(character, pair);
      }
    }
  }
  return table;
}

function range([first, last]: Range): number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}
