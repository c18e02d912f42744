/** The words of the generated tables in README.zh-CN.md. */
import { CHINESE_HELP } from "./chinese-help.ts";
import type { TableWords } from "./table-words.ts";

/** By provider; a test compares them with the registry. */
const TITLES = {
  local: "本机上的 Whisper：不要账号，不要网络",
  "tencent-flash": "腾讯云录音文件识别极速版：一次请求识别整段录音",
  "tencent-realtime": "腾讯云实时语音识别（HTTP）：边收音频边出字",
  "feishu-file": "飞书 file_recognize：一次请求最多一分钟",
  "feishu-stream": "飞书 stream_recognize：音频分包发送，边说边出字",
  "lark-file": "Lark file_recognize：一次请求最多一分钟",
  "lark-stream": "Lark stream_recognize：音频分包发送，边说边出字",
  stepfun: "阶跃星辰 ASR（SSE）：一次请求识别整段录音，边识别边出字",
} as const;

export const CHINESE_TABLES: TableWords = {
  options: {
    headings: ["参数", "环境变量", "配置键", "默认值", "作用"],
    note:
      "每个开关都有对应的 `--no-…`。环境变量里的布尔值写 `1`、`true`、`yes`、`0`、`false`、`no`；\n" +
      "列表用逗号分隔。",
    on: "开",
    off: "关",
    // The help may have a colon of its own; a second one would be hard to read.
    choices: (values) => `（${values.join("、")}）`,
    help: CHINESE_HELP,
  },
  providers: {
    headings: ["服务", "是什么", "接受的音频", "单次请求", "能给出", "凭据"],
    noCredentials: "不需要",
    titles: TITLES,
    capabilities: {
      gives: {
        partials: "临时结果",
        segmentTimes: "片段时间",
        wordTimes: "词时间",
        speakers: "说话人",
        channels: "分声道",
        hotwords: "热词",
      },
      comma: "，",
      semicolon: "；",
      listed: (names) => names.join("、"),
      takes: (container, encodings) => `${container}：${encodings.join("、")}`,
      note: (text) => `（${text}）`,
      approximate: "估算",
      sampleRates: (rates) => `${rates.join("、")} Hz`,
      channels: (most) => (most === 1 ? "单声道" : `最多 ${most} 声道`),
      seconds: (count) => `${count} 秒`,
      parts: (seconds) => `每段 ${seconds} 秒`,
      atOnce: (count) => `并发 ${count}`,
      aSecond: (count) => `每秒 ${count} 次`,
    },
  },
};
