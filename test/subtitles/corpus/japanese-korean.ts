import { type Case, said, spoken } from "./case.ts";

export const JAPANESE_AND_KOREAN: readonly Case[] = [
  {
    name: "ja-talk",
    about: "no small kana, no particle at the start of a line",
    segments: [
      said(
        0,
        12,
        "私は昨日東京に行きました。とても楽しかったですが、人が多くて少し疲れてしまいました。来週はもう一度友達と一緒に行こうと思っています。",
      ),
    ],
  },
  {
    name: "ja-words-timed",
    about: "a word time for each character",
    segments: [
      spoken(
        0,
        "皆さん、こんにちは。本日はお忙しい中、お集まりいただきまして、誠にありがとうございます。それでは、早速ですが始めさせていただきます。",
        { msPerUnit: 130 },
      ),
    ],
  },
  {
    name: "ja-katakana",
    about: "long katakana words stay whole",
    segments: [
      said(
        0,
        9,
        "このアプリケーションはプログラミング初心者向けのチュートリアルを提供していて、インターネットに接続するだけで使えます。",
      ),
    ],
  },
  {
    name: "ja-brackets",
    about: "corner brackets",
    segments: [
      said(
        0,
        8,
        "先生は「宿題を忘れないでください」と言いましたが、私は『吾輩は猫である』を読んでいて聞いていませんでした。",
      ),
    ],
  },
  {
    name: "ja-dialogue",
    about: "short turns with dashes",
    segments: [
      said(0, 1.2, "元気ですか？", { speaker: "0" }),
      said(1.3, 1.9, "はい。", { speaker: "1" }),
      said(2.5, 5, "それはよかったです。", { speaker: "0" }),
    ],
    settings: { speakers: "dash" },
  },
  {
    name: "ko-talk",
    about: "Korean breaks at blanks",
    segments: [
      said(
        0,
        10,
        "안녕하세요, 오늘은 인공지능이 의료 분야에서 어떻게 사용되고 있는지 알아보겠습니다. 먼저 간단한 예를 들어 보겠습니다.",
      ),
    ],
  },
  {
    name: "ko-words-timed",
    about: "word times",
    segments: [
      spoken(
        0,
        "저는 어제 친구와 함께 서울에 있는 박물관에 갔는데, 생각보다 사람이 많아서 조금 놀랐습니다.",
        { msPerUnit: 200 },
      ),
    ],
  },
];
