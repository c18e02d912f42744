/** Each vendor id with its double, as a user's environment would have it. */

import { onTestFinished } from "vitest";
import { startFeishuDouble, TEST_APP } from "../vendors/feishu/server.ts";
import type { ChangingLimit } from "../vendors/server/changing-limit.ts";
import type { DoubleOptions, VendorDouble } from "../vendors/server/double.ts";
import type { Recognise } from "../vendors/server/hearing.ts";
import { startStepfunDouble, TEST_API_KEY } from "../vendors/stepfun/server.ts";
import { TEST_ACCOUNT } from "../vendors/tencent/account.ts";
import { startTencentDouble } from "../vendors/tencent/server.ts";

type Environment = Readonly<Record<string, string>>;

type VendorOptions = DoubleOptions & {
  readonly decimalServerTime?: boolean;
  readonly recognise?: Recognise;
  /** Of Feishu and Lark. */
  readonly queriesPerSecond?: ChangingLimit;
  /** Of Tencent flash and StepFun. */
  readonly concurrency?: ChangingLimit;
  /** Of StepFun. */
  readonly retryAfterSeconds?: number;
};

interface VendorSetup {
  readonly start: (options?: VendorOptions) => Promise<VendorDouble>;
  readonly baseUrl: string;
  readonly credentials: Environment;
}

const TENCENT: VendorSetup = {
  start: startTencentDouble,
  baseUrl: "ASR_TENCENT_BASE_URL",
  credentials: {
    TENCENTCLOUD_APPID: TEST_ACCOUNT.appId,
    TENCENTCLOUD_SECRET_ID: TEST_ACCOUNT.secretId,
    TENCENTCLOUD_SECRET_KEY: TEST_ACCOUNT.secretKey,
  },
};

const FEISHU: VendorSetup = {
  start: startFeishuDouble,
  baseUrl: "ASR_FEISHU_BASE_URL",
  credentials: { FEISHU_APP_ID: TEST_APP.appId, FEISHU_APP_SECRET: TEST_APP.appSecret },
};

const LARK: VendorSetup = {
  start: startFeishuDouble,
  baseUrl: "ASR_LARK_BASE_URL",
  credentials: { LARK_APP_ID: TEST_APP.appId, LARK_APP_SECRET: TEST_APP.appSecret },
};

const STEPFUN: VendorSetup = {
  start: startStepfunDouble,
  baseUrl: "ASR_STEPFUN_BASE_URL",
  credentials: { STEPFUN_API_KEY: TEST_API_KEY },
};

/** By provider id; providers of one vendor have one setup, of which one double does for all. */
export const VENDOR_SETUPS = {
  "tencent-flash": TENCENT,
  "tencent-realtime": TENCENT,
  "feishu-file": FEISHU,
  "feishu-stream": FEISHU,
  "lark-file": LARK,
  "lark-stream": LARK,
  stepfun: STEPFUN,
} as const;

export type VendorId = keyof typeof VENDOR_SETUPS;
export const VENDOR_IDS = Object.keys(VENDOR_SETUPS) as readonly VendorId[];

/** Starts the double of a provider, and says what the environment must hold to reach it. */
export async function openVendor(
  id: VendorId,
  options?: VendorOptions,
): Promise<{ vendor: VendorDouble; env: Environment; secrets: readonly string[] }> {
  const { start, baseUrl, credentials } = VENDOR_SETUPS[id];
  const vendor = await start(options);
  onTestFinished(() => vendor.close());
  const secrets = Object.entries(credentials)
    .filter(([name]) => !name.endsWith("APPID") && !name.endsWith("APP_ID"))
    .map(([, value]) => value);
  return { vendor, env: { ...credentials, [baseUrl]: vendor.origin }, secrets };
}
