/** What a recording of the platform's calls compares, leaves out and hides. */
import type { CallRule, ExchangeRules } from "../../http/cassette/rules.ts";
import { FILE_PATH, STREAM_PATH, TOKEN_PATH } from "./address.ts";

/** Paths have no character that means anything in a pattern but the full stop, and none of those. */
const whole = (path: string): RegExp => new RegExp(`^${path}$`);

const TOKEN: CallRule = {
  name: "token",
  path: whole(TOKEN_PATH),
  secret: ["app_id", "app_secret"],
  secretAnswers: ["tenant_access_token", "app_access_token"],
  answersAgain: true,
};

/** The log id, which errors show, and how long to wait. */
const ANSWER_HEADERS = [
  "x-tt-logid",
  "x-request-id",
  "x-ogw-ratelimit-limit",
  "x-ogw-ratelimit-reset",
];

export const FILE_EXCHANGES: ExchangeRules = {
  calls: [
    {
      name: "recognize",
      path: whole(FILE_PATH),
      identifier: "config.file_id",
      audio: "speech.speech",
    },
    TOKEN,
  ],
  answerHeaders: ANSWER_HEADERS,
};

export const STREAM_EXCHANGES: ExchangeRules = {
  calls: [
    {
      name: "packet",
      path: whole(STREAM_PATH),
      identifier: "config.stream_id",
      audio: "speech.speech",
    },
    TOKEN,
  ],
  answerHeaders: ANSWER_HEADERS,
};
