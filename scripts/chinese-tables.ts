/** What stands around the rows of the generated tables in README.zh-CN.md. */
import type { OptionWords } from "./readme-tables.ts";

export interface TableWords {
  readonly options: OptionWords;
  readonly providers: readonly string[];
}

/** The rows stay as they are: they hold the help texts of the command, which speaks English. */
export const CHINESE_TABLES: TableWords = {
  options: {
    headings: ["参数", "环境变量", "配置键", "默认值", "作用"],
    note:
      "每个开关都有对应的 `--no-…`。环境变量里的布尔值写 `1`、`true`、`yes`、`0`、`false`、`no`；\n" +
      "列表用逗号分隔。",
  },
  providers: ["服务", "是什么", "接受的音频", "单次请求", "能给出", "凭据"],
};
