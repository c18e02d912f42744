import { type Case, said, spoken } from "./case.ts";

/** Mandarin by one voice. */
export const MANDARIN: readonly Case[] = [
  {
    name: "zh-news",
    about: "news: long sentences, figures, a pause at every comma",
    segments: [
      spoken(
        0.4,
        "国家统计局今天公布的数据显示，今年前三季度国内生产总值同比增长百分之五点二，其中第三产业增加值占比超过百分之五十五，消费对经济增长的贡献率继续提高。",
      ),
      spoken(
        20.5,
        "专家认为，随着一系列稳增长政策逐步落地见效，四季度经济有望延续回升向好的态势。",
      ),
    ],
  },
  {
    name: "zh-lecture",
    about: "a lecture: spoken language, fillers, no word times",
    segments: [
      said(
        0,
        9.6,
        "好，那我们今天接着上一次课的内容往下讲，上次我们说到了什么呢，说到了这个边际效用递减的规律。",
      ),
      said(
        10.1,
        21,
        "所谓边际效用递减，简单来说就是你吃第一个包子的时候觉得特别香，吃到第五个的时候呢，可能你就不太想吃了，对吧？",
      ),
      said(21.3, 24.2, "这个道理其实大家都懂。"),
      said(
        24.9,
        33.5,
        "但是为什么它会影响到我们的消费选择，这个问题就没有那么直观了，我们来看一个具体的例子。",
      ),
    ],
  },
  {
    name: "zh-monologue-40s",
    about: "one segment of forty seconds with word times",
    segments: [
      spoken(
        1,
        "我第一次去西藏是在二零一五年的夏天，那时候我刚刚大学毕业，什么都不懂，就背着一个包上了火车。火车开了四十多个小时，窗外的风景从平原变成高山，再从高山变成一望无际的草原。到了拉萨的第一天晚上我就高原反应了，头疼得睡不着，一个人躺在青年旅舍的床上，听着外面的风声，心里又害怕又兴奋。第二天早上，当我看见布达拉宫的那一刻，我突然觉得所有的辛苦都是值得的。",
        { msPerUnit: 185 },
      ),
    ],
  },
  {
    name: "zh-no-punctuation",
    about: "a vendor without punctuation, word times with pauses",
    segments: [
      {
        ...spoken(
          0,
          "今天我想跟大家分享一下，我们团队在过去半年里做的一些事情，首先是产品方面，我们上线了三个新的功能，用户的反馈都还不错",
        ),
        text: "今天我想跟大家分享一下我们团队在过去半年里做的一些事情首先是产品方面我们上线了三个新的功能用户的反馈都还不错",
      },
    ],
  },
  {
    name: "zh-no-punctuation-no-words",
    about: "neither punctuation nor word times: only words and length to go by",
    segments: [
      said(
        0,
        14,
        "今天我想跟大家分享一下我们团队在过去半年里做的一些事情首先是产品方面我们上线了三个新的功能用户的反馈都还不错",
      ),
    ],
  },
  {
    name: "zh-speech-intervals",
    about: "no word times, but the stretches of speech are known: two long pauses",
    segments: [
      said(
        0,
        20,
        "我们先休息一下。好，现在继续。刚才有同学问我，这个公式是怎么推导出来的，我再讲一遍。",
      ),
    ],
    settings: {
      speech: [
        { startMs: 300, endMs: 2100 },
        { startMs: 8200, endMs: 9900 },
        { startMs: 12_000, endMs: 19_500 },
      ],
    },
  },
  {
    name: "zh-short-segments",
    about: "segments too short to be read alone are joined, one after a pause is not",
    segments: [
      said(0, 0.4, "嗯。"),
      said(0.5, 0.9, "对。"),
      said(1, 1.5, "没错。"),
      said(1.6, 3.9, "我也是这么想的。"),
      said(8, 8.5, "好。"),
    ],
  },
  {
    name: "zh-very-fast",
    about: "nine characters a second are not held: faster than anybody reads",
    segments: [
      spoken(
        0,
        "买它买它买它，所有女生听好了，这个价格全网最低，错过今天就没有了，三二一上链接，赶紧去抢，库存只有五千单。",
        {
          msPerUnit: 80,
          commaMs: 40,
          stopMs: 80,
        },
      ),
    ],
  },
  {
    name: "zh-very-slow",
    about: "a speech with long pauses between the words of one sentence",
    segments: [
      spoken(0, "同志们，朋友们，我们今天，在这里，隆重集会。", {
        msPerUnit: 420,
        commaMs: 1600,
        stopMs: 2000,
      }),
    ],
  },
  {
    name: "zh-numbers",
    about: "numbers, dates, money, measures: none is torn",
    segments: [
      said(
        0,
        16,
        "会议定于2026年11月20日下午3点30分开始，预计有1,250人参加，总预算是三百五十万元人民币，比去年增加了百分之十二点五，平均每人2800元。",
      ),
    ],
  },
  {
    name: "zh-brackets",
    about: "titles and quotations stay whole where a line holds them",
    segments: [
      said(
        0,
        15,
        "他最喜欢的书是《百年孤独》和《霍乱时期的爱情》，他常说：“人生不是一个人活过的样子，而是他记住的样子。”这句话我一直记得（虽然记得不太准确）。",
      ),
    ],
  },
  {
    name: "zh-hotwords",
    about: "product names given as hotwords stay whole",
    segments: [
      said(
        0,
        12,
        "欢迎使用通义灵码智能编程助手，今天我们来介绍一下混元大模型三维生成和飞书妙记会议纪要这两个新的功能。",
      ),
    ],
    settings: { hotwords: ["通义灵码智能编程助手", "混元大模型三维生成", "飞书妙记会议纪要"] },
  },
  {
    name: "zh-questions",
    about: "questions and exclamations keep their marks",
    segments: [said(0, 8, "你说什么？真的吗？太好了！我简直不敢相信！那我们什么时候出发呢？")],
  },
  {
    name: "zh-ellipsis-dash",
    about: "ellipses and dashes of two full-width characters",
    segments: [
      said(
        0,
        9,
        "我本来想告诉你的……但是后来我想了想——也许还是不说比较好，因为说了你也不会相信的。",
      ),
    ],
  },
  {
    name: "zh-lists",
    about: "a list with 、: broken after a whole item, no 、 at the end of a line",
    segments: [
      said(
        0,
        11,
        "我们需要准备苹果、香蕉、橙子、葡萄、西瓜、哈密瓜、火龙果、猕猴桃，还有各种各样的坚果。",
      ),
    ],
  },
  {
    name: "zh-traditional",
    about: "traditional Chinese with corner brackets",
    segments: [
      said(
        0,
        11,
        "歡迎收聽今天的節目，我們請到了資深影評人來跟大家聊聊「悲情城市」這部電影，以及它對臺灣電影的影響。",
      ),
    ],
    settings: { language: "zh-TW" },
  },
  {
    name: "yue",
    about: "Cantonese",
    segments: [
      said(
        0,
        9,
        "大家好，我哋今日去咗旺角食嘢，嗰度嘅魚蛋同埋燒賣真係好好食，你哋得閒一定要去試吓。",
      ),
    ],
    settings: { language: "yue" },
  },
  {
    name: "zh-half-width-marks",
    about: "a vendor that writes half-width commas and stops after Chinese",
    segments: [said(0, 8, "你好,我是小王.今天天气不错,我们去公园走走吧.你觉得怎么样?")],
  },
  {
    name: "zh-blank-punctuation",
    about: "blanks in place of commas and full stops",
    segments: [said(0, 9, "大家好，欢迎收看。他说：“好，我来。”然后他就走了，再也没有回来。")],
    settings: { overrides: { punctuation: "blank" } },
  },
  {
    name: "zh-keep-punctuation",
    about: "every mark kept",
    segments: [said(0, 9, "大家好，欢迎收看今天的节目。天气转凉，请注意保暖，多喝热水。")],
    settings: { overrides: { punctuation: "keep" } },
  },
  {
    name: "zh-one-line",
    about: "one line of eighteen characters, as many channels want it",
    segments: [
      said(
        0,
        12,
        "其实做饭这件事情没有大家想象的那么难，只要掌握好火候和调味这两个关键，剩下的就是多练习。",
      ),
    ],
    settings: { overrides: { maxLine: 18, maxLines: 1 } },
  },
  {
    name: "zh-poem",
    about: "a poem: short lines, each a sentence",
    segments: [
      spoken(0, "床前明月光，疑是地上霜。举头望明月，低头思故乡。", {
        msPerUnit: 350,
        commaMs: 500,
        stopMs: 900,
      }),
    ],
  },
  {
    name: "zh-repetition",
    about: "the same word over and over, as live speech has it",
    segments: [
      said(0, 8, "就是就是说，我觉得，我觉得这个这个方案吧，它它它还是有一点问题，有一点问题的。"),
    ],
  },
  {
    name: "zh-no-break-at-all",
    about: "a run of marks and letters without any place to break",
    segments: [
      said(
        0,
        6,
        "啊啊啊啊啊啊啊啊啊啊啊啊啊啊啊啊啊啊啊啊啊啊啊！！！！！！！！！！！！！！！！！！！！",
      ),
    ],
  },
  {
    name: "zh-vendor-words",
    about: "names that the recogniser takes for one word, and the dictionary does not know",
    segments: [
      {
        text: "我们今年把所有业务都迁到了腾讯云天御和通义灵码上面来运行。",
        startMs: 0,
        endMs: 8000,
        words: Array.from(
          "我们 今年 把 所有 业务 都 迁到 了 腾讯云天御 和 通义灵码 上面 来 运行".split(" "),
          (text, index) => ({ text, startMs: index * 500, endMs: index * 500 + 450 }),
        ),
      },
    ],
  },
];
