import { expect, it } from "vitest";
import type { FormatName, ProviderId, StepWord, StyleName } from "../../src/index.ts";
import type { ChineseScript } from "../../src/library/options.ts";
import { PROVIDER_IDS } from "../../src/providers/registry.ts";
import type {
  CHINESE_SCRIPTS,
  FORMAT_NAMES,
  STEP_WORDS,
  STYLE_NAMES,
} from "../../src/settings/names.ts";

/** Fails to compile where a name is missing on either side. */
type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : never) : never;
const ARE_SAME: readonly [
  Same<FormatName, (typeof FORMAT_NAMES)[number]>,
  Same<StyleName, (typeof STYLE_NAMES)[number]>,
  Same<StepWord, (typeof STEP_WORDS)[number]>,
  Same<ChineseScript, (typeof CHINESE_SCRIPTS)[number]>,
] = [true, true, true, true];

it("has the names of the settings in its types", () => {
  expect(ARE_SAME).toHaveLength(4);
  const ids: Readonly<Record<ProviderId, true>> = {
    ...{ local: true, stepfun: true },
    ...{ "tencent-flash": true, "tencent-realtime": true },
    ...{ "feishu-file": true, "feishu-stream": true, "lark-file": true, "lark-stream": true },
  };
  expect(Object.keys(ids).toSorted()).toEqual(PROVIDER_IDS.toSorted());
});
