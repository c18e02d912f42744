/** The Feishu or Lark open platform on loopback: tenant token, file and stream recognition. */
import { bodyAnswer } from "../server/answer.ts";
import type { ChangingLimit } from "../server/changing-limit.ts";
import { type DoubleOptions, startDouble, type VendorDouble } from "../server/double.ts";
import type { Recognise } from "../server/hearing.ts";
import { FILE_PATH, fileRoute } from "./file.ts";
import { Gateway, type GatewayRules, SPEECH_SCOPE } from "./gateway.ts";
import { STREAM_PATH, streamRoute } from "./stream.ts";
import type { Stream, StreamRecord } from "./streams.ts";
import { type FeishuApp, TOKEN_PATH, tokenRoute } from "./token-call.ts";
import { TOKEN_LIFE_SECONDS, TokenDesk } from "./tokens.ts";

export const TEST_APP: FeishuApp = { appId: "cli_test000000000", appSecret: "test-app-secret" };

export interface FeishuDoubleOptions extends DoubleOptions {
  /** Whose links the error bodies carry; default "feishu". */
  readonly site?: "feishu" | "lark";
  /** Default `TEST_APP`. */
  readonly app?: FeishuApp;
  readonly tokenLifeSeconds?: number;
  /** Tenant tokens of store apps, valid for ever. */
  readonly storeTokens?: readonly string[];
  /** Default: the one that is needed. */
  readonly scopes?: readonly string[];
  readonly plan?: GatewayRules["plan"];
  readonly monthlyQuota?: number;
  readonly rateLimitStatus?: GatewayRules["rateLimitStatus"];
  /** Calls of `file_recognize` in any sliding second; default 20. */
  readonly queriesPerSecond?: ChangingLimit;
  /** Default 0. */
  readonly middleAction?: number;
  /** Default 20. */
  readonly maxOpenStreams?: number;
  readonly maxSliceBytes?: number;
  readonly finalText?: "whole" | "empty";
  readonly recognise?: Recognise;
}

export interface FeishuDouble extends VendorDouble {
  readonly app: FeishuApp;
  /** Tokens that were issued, in order. */
  readonly tokens: readonly string[];
  /** How often the token call was made. */
  readonly tokenCalls: number;
  /** Streams in order of appearance. */
  readonly streams: readonly StreamRecord[];
  readonly paths: { readonly token: string; readonly file: string; readonly stream: string };
}

/** Starts the double; the same API answers for Feishu and for Lark. */
export async function startFeishuDouble(options: FeishuDoubleOptions = {}): Promise<FeishuDouble> {
  const app = options.app ?? TEST_APP;
  const siteHost = options.site === "lark" ? "open.larksuite.com" : "open.feishu.cn";
  const streams = new Map<string, Stream>();
  const tokens = new TokenDesk(
    options.clock ?? Date.now,
    options.tokenLifeSeconds ?? TOKEN_LIFE_SECONDS,
  );
  const gateway = new Gateway({
    tokens,
    storeTokens: options.storeTokens ?? [],
    scopes: options.scopes ?? [SPEECH_SCOPE],
    plan: options.plan ?? "paid",
    monthlyQuota: options.monthlyQuota ?? Infinity,
    rateLimitStatus: options.rateLimitStatus ?? 429,
    queriesPerWindow: options.queriesPerSecond ?? 20,
    windowMs: 1000,
  });
  const speech = {
    gateway,
    siteHost,
    keepAudio: options.keepAudio ?? false,
    ...(options.recognise === undefined ? {} : { recognise: options.recognise }),
  };
  const stream = streamRoute(
    {
      ...speech,
      middleAction: options.middleAction ?? 0,
      maxOpenStreams: options.maxOpenStreams ?? 20,
      finalText: options.finalText ?? "whole",
      ...(options.maxSliceBytes === undefined ? {} : { maxSliceBytes: options.maxSliceBytes }),
    },
    streams,
  );
  const double = await startDouble(options, () => ({
    routes: [tokenRoute(app, tokens, siteHost), fileRoute(speech), stream],
    notFound: () => bodyAnswer("404 page not found", "text/plain", { status: 404 }),
    expireTokens: () => tokens.expireAll(),
  }));
  return {
    ...double,
    app,
    paths: { token: TOKEN_PATH, file: FILE_PATH, stream: STREAM_PATH },
    get tokens() {
      return tokens.issued;
    },
    get tokenCalls() {
      return double.requests.filter((record) => record.path === TOKEN_PATH).length;
    },
    get streams() {
      return [...streams.values()].map((known) => known.toRecord());
    },
  };
}
