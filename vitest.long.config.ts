import { defineConfig, mergeConfig } from "vitest/config";
import base from "./vitest.config.ts";

/** The same tests, with as many runs of their properties and fuzzes as a night allows. */
export default mergeConfig(
  base,
  defineConfig({ test: { env: { ASR_LONG: "1" }, testTimeout: 3_600_000 } }),
);
