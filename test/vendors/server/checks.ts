/** Rules for single values, so that a vendor's parameter table can be written down as data. */

/** @returns what is wrong with the value; undefined: nothing. */
export type Check = (value: string) => string | undefined;

export interface ParameterRule {
  readonly required?: boolean;
  readonly check: Check;
}

export type ParameterTable = Readonly<Record<string, ParameterRule>>;

export function oneOf(...allowed: readonly string[]): Check {
  return (value) => (allowed.includes(value) ? undefined : `must be one of ${allowed.join(", ")}`);
}

/** A decimal integer without sign, leading zeros or spaces, in a closed range. */
export function integer(min: number, max: number): Check {
  return (value) => {
    if (!/^(0|[1-9]\d*)$/.test(value)) return "must be an integer";
    const number = Number(value);
    return number >= min && number <= max ? undefined : `must be from ${min} to ${max}`;
  };
}

export function matching(pattern: RegExp, words: string): Check {
  return (value) => (pattern.test(value) ? undefined : `must be ${words}`);
}

export function either(first: Check, second: Check): Check {
  return (value) => {
    const problem = first(value);
    return problem === undefined || second(value) === undefined ? undefined : problem;
  };
}

/** Anything, also nothing. */
export const anyText: Check = () => undefined;
export const someText: Check = (value) => (value === "" ? "must not be empty" : undefined);

/** Everything wrong with the parameters, one line each: missing, unknown, out of range. */
export function tableProblems(
  table: ParameterTable,
  parameters: Readonly<Record<string, string>>,
): string[] {
  const problems: string[] = [];
  for (const [name, rule] of Object.entries(table)) {
    if (rule.required === true && !Object.hasOwn(parameters, name)) {
      problems.push(`${name} is missing`);
    }
  }
  for (const [name, value] of Object.entries(parameters)) {
    const rule = Object.hasOwn(table, name) ? table[name] : undefined;
    if (rule === undefined) {
      problems.push(`unknown parameter ${name}`);
      continue;
    }
    const problem = rule.check(value);
    if (problem !== undefined) problems.push(`${name}=${value} ${problem}`);
  }
  return problems;
}
