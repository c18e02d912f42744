/** Doubles that close by themselves at the end of a test. */
import { onTestFinished } from "vitest";
import { type FeishuDoubleOptions, startFeishuDouble } from "../feishu/server.ts";
import type { DoubleOptions, VendorDouble } from "../server/double.ts";
import { startOtherOrigin } from "../server/other-origin.ts";
import { type StepfunDoubleOptions, startStepfunDouble } from "../stepfun/server.ts";
import { startTencentDouble, type TencentDoubleOptions } from "../tencent/server.ts";

function closing<T extends VendorDouble>(double: T): T {
  onTestFinished(() => double.close());
  return double;
}

export const openTencent = async (options?: TencentDoubleOptions) =>
  closing(await startTencentDouble(options));
export const openFeishu = async (options?: FeishuDoubleOptions) =>
  closing(await startFeishuDouble(options));
export const openStepfun = async (options?: StepfunDoubleOptions) =>
  closing(await startStepfunDouble(options));
export const openOtherOrigin = async (options?: DoubleOptions) =>
  closing(await startOtherOrigin(options));
