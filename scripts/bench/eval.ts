/** Scoring 600 recordings of ten minutes, and one of ten hours, as `asr eval` does: `npm run bench -- eval`. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { seededRandom } from "../../src/scoring/random.ts";
import { LAUNCHER, measure } from "./measure.ts";

/** What is spoken in a minute, about. */
const CHARACTERS = 170;
const WORDS = 150;

const draw = seededRandom(1);

/** Frequent ones more often, as in speech. */
const rank = (kinds: number): number => Math.floor((draw(kinds) * draw(kinds)) / kinds);

const LANGUAGES = {
  Chinese: {
    perMinute: CHARACTERS,
    separator: "",
    token: () => String.fromCharCode(0x4e00 + rank(3000)),
  },
  English: {
    perMinute: WORDS,
    separator: " ",
    token: () => `${rank(8000).toString(36)}${"aeiou"[draw(5)]}n`,
  },
} as const;

type Language = (typeof LANGUAGES)[keyof typeof LANGUAGES];

/** A reference, and the same with errors in `percent` of its tokens: most substituted. */
function texts({ perMinute, separator, token }: Language, minutes: number, percent: number) {
  const said = Array.from({ length: perMinute * minutes }, token);
  const heard = said.flatMap((one) => {
    if (draw(100) >= percent) return [one];
    const kind = draw(5);
    return kind < 3 ? [token()] : kind === 3 ? [] : [one, token()];
  });
  return { said: said.join(separator), heard: heard.join(separator) };
}

const CASES = [
  { what: "600 of 10 minutes", files: 600, minutes: 10, percent: 10 },
  { what: "1 of 10 hours", files: 1, minutes: 600, percent: 10 },
  { what: "1 of 10 hours", files: 1, minutes: 600, percent: 30 },
] as const;

console.log(
  "| recordings | language | errors | seconds | processor s | peak MB |\n|---|---|---|---|---|---|",
);
for (const [name, language] of Object.entries(LANGUAGES)) {
  for (const { what, files, minutes, percent } of CASES) {
    const folder = mkdtempSync(path.join(tmpdir(), "asr-bench-"));
    try {
      const [references, hypotheses] = ["ref", "hyp"].map((side) => path.join(folder, side));
      if (references === undefined || hypotheses === undefined) throw new Error("no folders");
      for (const side of [references, hypotheses]) mkdirSync(side);
      for (let file = 0; file < files; file += 1) {
        const { said, heard } = texts(language, minutes, percent);
        writeFileSync(path.join(references, `${file}.txt`), said);
        writeFileSync(path.join(hypotheses, `${file}.txt`), heard);
      }
      const words = ["eval", "--no-config", hypotheses, "--reference", references];
      const { wallMs, processorMs, peakMegabytes } = measure(process.execPath, [
        LAUNCHER,
        ...words,
      ]);
      const [seconds, processor] = [wallMs, processorMs].map((ms) => (ms / 1000).toFixed(1));
      console.log(
        `| ${what} | ${name} | ${percent} % | ${seconds} | ${processor} | ${peakMegabytes.toFixed(0)} |`,
      );
    } finally {
      rmSync(folder, { recursive: true });
    }
  }
}
