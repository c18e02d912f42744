import { type Case, said, spoken } from "./case.ts";

const A = { speaker: "0" };
const B = { speaker: "1" };

const TALK = [
  said(0, 1.6, "你昨天去哪儿了？", A),
  said(1.7, 2.1, "加班。", B),
  said(2.3, 3.4, "又加班啊？", A),
  said(3.5, 7.8, "没办法，项目下周就要上线了，还有好多问题没解决。", B),
  said(8, 8.4, "唉。", A),
  said(8.5, 11.2, "你们老板也太狠了吧。", A),
];

/** Several voices. */
export const DIALOGUE: readonly Case[] = [
  { name: "dialogue-none", about: "quick dialogue: speakers never share a cue", segments: TALK },
  {
    name: "dialogue-dash",
    about: "the same with dashes: a short answer joins its question",
    segments: TALK,
    settings: { speakers: "dash" },
  },
  {
    name: "dialogue-name",
    about: "the same with names at each turn",
    segments: TALK,
    settings: { speakers: "name" },
  },
  {
    name: "dialogue-named",
    about: "speakers with names of their own, a long turn",
    segments: [
      said(0, 4, "欢迎两位来到我们的直播间，先跟大家打个招呼吧。", { speaker: "主持人" }),
      said(4.2, 6, "大家好，我是李雷。", { speaker: "李雷" }),
      said(
        6.1,
        14,
        "大家好，我是韩梅梅，很高兴今天能有机会跟大家聊一聊我们在做的事情，希望对大家有帮助。",
        { speaker: "韩梅梅" },
      ),
    ],
    settings: { speakers: "name" },
  },
  {
    name: "dialogue-overlap",
    about: "two voices at once: each in its order, one after the other",
    segments: [
      spoken(
        0,
        "我觉得这件事情不能这么办，你想想看，如果每个人都这样做，那我们的规矩还有什么用呢？",
        {},
        A,
      ),
      spoken(3.2, "等一下，你先听我说完，我不是那个意思。", {}, B),
      spoken(8.5, "好，你说。", {}, A),
    ],
  },
  {
    name: "dialogue-channels",
    about: "a telephone call: a channel a side",
    segments: [
      said(0, 2.5, "您好，请问有什么可以帮您？", { channel: 0 }),
      said(2.7, 6.5, "我上个月买的洗衣机坏了，想问一下怎么保修。", { channel: 1 }),
      said(6.6, 7.1, "好的。", { channel: 0 }),
      said(7.2, 9, "请您提供一下订单号。", { channel: 0 }),
    ],
    settings: { speakers: "name" },
  },
  {
    name: "dialogue-en-dash",
    about: "English question and answer with dashes",
    segments: [
      said(0, 1, "Are you coming?", A),
      said(1.1, 1.6, "In a minute.", B),
      said(3, 6, "We're going to be late again, and you know how she gets.", A),
    ],
    settings: { speakers: "dash" },
  },
  {
    name: "dialogue-en-crosstalk",
    about: "English speakers who start together",
    segments: [
      said(0, 3, "I think we should go to the beach this weekend.", A),
      said(0.1, 2, "What about the mountains?", B),
      said(3.2, 4, "Okay, fine.", A),
    ],
  },
  {
    name: "dialogue-rapid",
    about: "six turns in three seconds",
    segments: [
      said(0, 0.4, "走吗？", A),
      said(0.5, 0.8, "走。", B),
      said(0.9, 1.3, "现在？", A),
      said(1.4, 1.8, "现在。", B),
      said(1.9, 2.4, "车呢？", A),
      said(2.5, 3, "楼下。", B),
    ],
  },
];
