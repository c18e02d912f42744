/** Commands that no test can run, each with the reason. Short on purpose: a stand-in is better. */
export const NOT_RUN: Readonly<Record<string, string>> = {
  "asr models install base runtime":
    "npm's archives are pinned by their checksums, and a test has no registry; test/installation has one of its own",
};
