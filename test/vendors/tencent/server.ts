/** Tencent's speech services on loopback: flash, realtime over HTTP, and the server's clock. */
import { bodyAnswer } from "../server/answer.ts";
import type { ChangingLimit } from "../server/changing-limit.ts";
import type { ParameterTable } from "../server/checks.ts";
import {
  type DoubleOptions,
  type Route,
  startDouble,
  type VendorDouble,
} from "../server/double.ts";
import type { Recognise } from "../server/hearing.ts";
import { TEST_ACCOUNT, type TencentAccount } from "./account.ts";
import { flashRoute } from "./flash.ts";
import { realtimeRoute } from "./realtime.ts";
import type { Template } from "./realtime-parameters.ts";
import type { Voice, VoiceRecord } from "./voices.ts";

export interface TencentDoubleOptions extends DoubleOptions {
  /** Default `TEST_ACCOUNT`. */
  readonly account?: TencentAccount;
  /** The host that must be signed, e.g. "aai.qcloud.com"; default the one that is called. */
  readonly signedHost?: string;
  /** Flash requests at once before 4006; default 20. */
  readonly concurrency?: ChangingLimit;
  /** The same for `*_large` engines; default 5. */
  readonly largeConcurrency?: number;
  /** Realtime templates by name; default none. */
  readonly templates?: Readonly<Record<string, Template>>;
  /** Query parameters to take beyond those of the documents and FACTS. */
  readonly extraParameters?: ParameterTable;
  readonly recognise?: Recognise;
  /** `/server_time` with decimals. */
  readonly decimalServerTime?: boolean;
}

export interface TencentDouble extends VendorDouble {
  readonly account: TencentAccount;
  /** Voices of realtime, in order of appearance. */
  readonly voices: readonly VoiceRecord[];
}

/** Starts the double; `origin` serves `/asr/flash/v1/…`, `/asr/v1/…` and `/server_time`. */
export async function startTencentDouble(
  options: TencentDoubleOptions = {},
): Promise<TencentDouble> {
  const account = options.account ?? TEST_ACCOUNT;
  const voices = new Map<string, Voice>();
  const shared = {
    account,
    extraParameters: options.extraParameters ?? {},
    keepAudio: options.keepAudio ?? false,
    ...(options.signedHost === undefined ? {} : { signedHost: options.signedHost }),
    ...(options.recognise === undefined ? {} : { recognise: options.recognise }),
  };
  const flash = flashRoute({
    ...shared,
    concurrency: options.concurrency ?? 20,
    largeConcurrency: options.largeConcurrency ?? 5,
  });
  const realtime = realtimeRoute({ ...shared, templates: options.templates ?? {} }, voices);
  const double = await startDouble(options, () => ({
    routes: [flash, realtime, serverTimeRoute(options.decimalServerTime ?? false)],
    notFound: () => bodyAnswer("<html>404 Not Found</html>", "text/html", { status: 404 }),
  }));
  return {
    ...double,
    account,
    get voices() {
      return [...voices.values()].map((voice) => voice.toRecord());
    },
  };
}

/** `GET /server_time`: epoch seconds as text, sometimes with decimals (FACTS). */
function serverTimeRoute(decimals: boolean): Route {
  const plain = (text: string, status = 200) => bodyAnswer(text, "text/plain", { status });
  return {
    path: /^\/server_time$/,
    refuse: (_exchange, code, reason) => plain(reason, code),
    check: async (exchange) => {
      await exchange.readBody(() => {});
      if (exchange.record.method !== "GET") exchange.note(`method ${exchange.record.method}`);
      return {
        serve: () => {
          exchange.clock.skewTold = true;
          const seconds = exchange.clock.now() / 1000;
          return plain(decimals ? seconds.toFixed(3) : String(Math.floor(seconds)));
        },
      };
    },
  };
}
