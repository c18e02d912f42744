import { defineConfig } from "vitest/config";

const jsonReport = process.env.VITEST_JSON;

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    exclude: ["test/long/**", "test/binary/**"],
    globalSetup: ["test/report-assets.ts"],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    restoreMocks: true,
    reporters: jsonReport === undefined ? ["default"] : ["default", "json"],
    ...(jsonReport === undefined ? {} : { outputFile: { json: jsonReport } }),
    coverage: {
      provider: "v8",
      include: ["src/**/*.ts"],
      // Run in a browser and in a thread of its own, where coverage does not see them.
      exclude: [
        "src/formats/html/page/**",
        "src/providers/local/worker.ts",
        "src/**/types.ts",
        "src/**/contract.ts",
      ],
      reporter: ["text-summary"],
      thresholds: { lines: 80, branches: 75, functions: 80, statements: 80 },
    },
  },
});
