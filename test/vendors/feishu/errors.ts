/** Error answers of the Feishu and Lark open platform (both documents; FACTS). */
import { type Answer, jsonAnswer } from "../server/answer.ts";
import type { Exchange } from "../server/exchange.ts";

interface ErrorRow {
  readonly status: number;
  readonly message: string;
}

/** HTTP status and words of each code; 400 stands where no document gives one. */
const ERRORS: Readonly<Record<number, ErrorRow>> = {
  10003: { status: 200, message: "invalid param" },
  10014: { status: 200, message: "app secret invalid" },
  99991400: { status: 400, message: "request trigger frequency limit" },
  99991403: { status: 400, message: "this month's api call quota has been exceeded" },
  99991661: { status: 400, message: "missing access token for authorization" },
  99991663: { status: 400, message: "invalid access token for authorization" },
  99991664: { status: 400, message: "invalid app access token" },
  99991668: { status: 400, message: "user access token is not supported here" },
  99991671: { status: 400, message: "invalid access token format" },
  99991672: { status: 400, message: "access denied, scope required: [speech_to_text:speech]" },
  1040101: { status: 400, message: "invalid param" },
  1040102: { status: 500, message: "network anomaly" },
  1610101: { status: 400, message: "invalid param" },
  1610102: { status: 500, message: "network anomaly" },
};

/** An error as the platform writes it, with a log id and a link that leads to it. */
export function feishuError(
  exchange: Exchange,
  code: number,
  reason: string,
  siteHost: string,
): Answer {
  const row = ERRORS[code] ?? { status: 400, message: reason };
  const logId = `20240103${String(exchange.record.index).padStart(26, "0")}`;
  const link = `https://${siteHost}/search?from=openapi&log_id=${logId}&code=${code}`;
  return jsonAnswer(
    {
      code,
      msg: `${row.message}: ${reason}`,
      error: {
        log_id: logId,
        troubleshooter: `排查建议查看(Troubleshooting suggestions): ${link}`,
      },
    },
    { status: row.status },
  );
}
