/** Keeps what the decoders' libraries print away from the user: oddities come as warnings. */

const silent = () => {};

/**
 * Runs `work` while nothing that it prints to the console comes out. Only until it returns: what a
 * promise does later is heard, and so is everybody else.
 */
export function quietly<Result>(work: () => Result): Result {
  const { error, warn, log } = console;
  Object.assign(console, { error: silent, warn: silent, log: silent });
  try {
    return work();
  } finally {
    Object.assign(console, { error, warn, log });
  }
}
