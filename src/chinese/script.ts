/** "traditional" is OpenCC's own standard; "taiwan" and "hongkong" write some characters otherwise. */
export type ChineseScript = "simplified" | "traditional" | "taiwan" | "hongkong";
