import { type Case, said, spoken } from "./case.ts";

/** Chinese with Latin words, addresses and code in it. */
export const MIXED: readonly Case[] = [
  {
    name: "mixed-products",
    about: "product names in Latin letters",
    segments: [
      said(
        0,
        13,
        "我们现在主要用Kubernetes和Docker来部署微服务，监控用的是Prometheus加Grafana，日志系统正在从ELK迁移到OpenSearch。",
      ),
    ],
  },
  {
    name: "mixed-words-timed",
    about: "word times of ideographs and Latin words",
    segments: [
      spoken(
        0,
        "今年Apple发布的iPhone 17 Pro Max起售价是9999元，比上一代贵了整整1000块钱，你觉得值得买吗？",
      ),
    ],
  },
  {
    name: "mixed-blanks",
    about: "blanks around Latin words, as recognisers write them",
    segments: [
      said(
        0,
        10,
        "然后你打开 Visual Studio Code 之后，在左边的 Extensions 里面搜索 Python，点击 Install 就可以了。",
      ),
    ],
  },
  {
    name: "mixed-url",
    about: "an address longer than two lines",
    segments: [
      said(
        0,
        12,
        "具体的文档可以看https://kubernetes.io/zh-cn/docs/concepts/overview/what-is-kubernetes/，里面写得非常详细。",
      ),
    ],
  },
  {
    name: "mixed-mail",
    about: "a mail address and a short web address stay whole",
    segments: [
      said(
        0,
        9,
        "有问题请发邮件到support@example.com，或者访问我们的网站www.example.com，我们会尽快回复您。",
      ),
    ],
  },
  {
    name: "mixed-versions",
    about: "versions, percentages, units",
    segments: [
      said(
        0,
        11,
        "升级到v2.3.1-beta之后内存占用降低了37.5%，响应时间从120ms降到了45ms，吞吐量提高到每秒10,000次。",
      ),
    ],
  },
  {
    name: "mixed-terms",
    about: "abbreviations between ideographs",
    segments: [
      said(
        0,
        10,
        "CPU和GPU的区别在于，CPU适合做复杂的逻辑运算，而GPU适合做大规模的并行计算，所以训练AI模型一般用GPU。",
      ),
    ],
  },
  {
    name: "mixed-english-sentence",
    about: "an English sentence inside Chinese",
    segments: [
      said(
        0,
        11,
        "他当时就说了一句，I have a dream that one day this nation will rise up，然后全场都沸腾了。",
      ),
    ],
  },
  {
    name: "mixed-hotword-blank",
    about: "a hotword with blanks in it stays whole",
    segments: [
      said(0, 9, "今天的课程我们会用到Azure OpenAI Service这个平台，大家先去注册一个账号。"),
    ],
    settings: { hotwords: ["Azure OpenAI Service"] },
  },
  {
    name: "mixed-in-english-style",
    about: "Chinese in the English style: full-width characters count two",
    segments: [
      said(0, 10, "大家好，欢迎来到今天的节目。今天我们要讨论的是人工智能在医疗领域的应用。"),
    ],
    style: "netflix-en",
  },
  {
    name: "mixed-emoji",
    about: "pictures that are joined of several characters",
    segments: [
      said(0, 6, "今天全家👨‍👩‍👧‍👦一起去海边🏖️玩，孩子们特别开心😄😄😄，晚上还放了烟花🎆。"),
    ],
  },
  {
    name: "mixed-file-again",
    about: "a subtitle file, shaped again: lines without marks, two speakers with dashes",
    segments: [
      said(0, 3, "他可以像人类一样思考\n积累经验不断学习"),
      said(3.08, 5.5, "这套系统有很强的分析能力\n可以帮助人们做决定"),
      said(6, 8, "- 你确定吗？\n- 当然"),
      said(8.08, 10, "- Are you sure?\n- Of course."),
    ],
    settings: { areCues: true },
  },
];
