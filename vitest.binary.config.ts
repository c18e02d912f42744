import { defineConfig, mergeConfig } from "vitest/config";
import base from "./vitest.config.ts";

/** What a user of the single-file binaries notices: they are built first, which takes a minute. */
export default mergeConfig(
  { ...base, test: { ...base.test, include: [], exclude: [] } },
  defineConfig({
    test: {
      include: ["test/binary/**/*.test.ts"],
      globalSetup: "test/binary/build.ts",
      testTimeout: 300_000,
      hookTimeout: 600_000,
    },
  }),
);
