/** What is to be aligned: two stretches of tokens, and the same seen from their ends. */

/** Tokens as numbers: equal where the tokens are. */
export interface Sequences {
  readonly reference: Int32Array;
  readonly hypothesis: Int32Array;
}

/** A stretch of each sequence, of `rows` reference and `columns` hypothesis tokens. */
export interface Problem extends Sequences {
  readonly row: number;
  readonly rows: number;
  readonly column: number;
  readonly columns: number;
}

export function wholeProblem({ reference, hypothesis }: Sequences): Problem {
  return {
    reference,
    hypothesis,
    row: 0,
    rows: reference.length,
    column: 0,
    columns: hypothesis.length,
  };
}

/** The same stretches read backwards; `reversed` holds the whole sequences so. */
export function backwards(problem: Problem, reversed: Sequences): Problem {
  const { row, rows, column, columns, reference, hypothesis } = problem;
  return {
    ...reversed,
    row: reference.length - row - rows,
    rows,
    column: hypothesis.length - column - columns,
    columns,
  };
}
