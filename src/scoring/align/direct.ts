/** An alignment of few errors, with every wave kept and followed back. */
import type { Problem } from "./problem.ts";
import type { Operation, RunCollector } from "./runs.ts";
import { type KeptWave, nextRow, UNREACHED, Wave } from "./wave.ts";

function rowAt({ lowest, furthest }: KeptWave, diagonal: number): number {
  return furthest[diagonal - lowest] ?? UNREACHED;
}

/** @returns undefined where it takes more than `maxErrors` */
function wavesTo(problem: Problem, maxErrors: number): readonly KeptWave[] | undefined {
  const wave = new Wave(problem);
  const last = problem.columns - problem.rows;
  const waves = [wave.keep()];
  while (wave.at(last) !== problem.rows) {
    if (wave.errors === maxErrors) return undefined;
    wave.advance();
    waves.push(wave.keep());
  }
  return waves;
}

/**
 * Aligns two stretches; memory grows with the square of the errors.
 *
 * @returns whether it took no more than `maxErrors`; else nothing is added to `runs`
 */
export function alignDirectly(problem: Problem, maxErrors: number, runs: RunCollector): boolean {
  const waves = wavesTo(problem, maxErrors);
  if (waves === undefined) return false;
  const steps: { operation: Operation; slid: number }[] = [];
  let row = problem.rows;
  let diagonal = problem.columns - problem.rows;
  for (const wave of waves.slice(0, -1).reverse()) {
    const below = rowAt(wave, diagonal - 1);
    const same = rowAt(wave, diagonal);
    const above = rowAt(wave, diagonal + 1);
    // A point that was put back onto the edge is on no best way: it was reached with fewer errors.
    const start = nextRow(problem, diagonal, below, same, above);
    const slid = row - start;
    if (start === same + 1) {
      steps.push({ operation: "substitute", slid });
      row = same;
    } else if (start === above + 1) {
      steps.push({ operation: "delete", slid });
      row = above;
      diagonal += 1;
    } else {
      steps.push({ operation: "insert", slid });
      row = below;
      diagonal -= 1;
    }
  }
  runs.add("equal", row);
  for (const { operation, slid } of steps.reverse()) {
    runs.add(operation, 1);
    runs.add("equal", slid);
  }
  return true;
}
