/** The program: makes the world, runs a command, maps its error to an exit code. */
import { createProgram, type Program } from "./commands/program.ts";
import type { World } from "./commands/world.ts";
import { AsrError, asAsrError, systemCode, usageError } from "./errors.ts";
import { createProcessWorld } from "./process-world.ts";

/** Commander's own way out: help and version were shown (exit 0), or usage was wrong (exit 1). */
function isCommanderError(thrown: unknown): thrown is Error & { exitCode: number } {
  return systemCode(thrown)?.startsWith("commander.") ?? false;
}

/** What went wrong when help or version were written; undefined: nothing. */
async function flush(program: Program): Promise<unknown> {
  try {
    await program.flushed();
    return undefined;
  } catch (error) {
    return error;
  }
}

/** The error that a user sees for whatever was thrown. */
function errorOf(thrown: unknown, words: readonly string[], program: Program): AsrError {
  if (isCommanderError(thrown)) {
    const [message = "", ...advice] = thrown.message.replace(/^error: /, "").split("\n");
    // Help for "no command" was printed already: nothing is left to say.
    if (thrown.message === "(outputHelp)") return new AsrError("usage", "", { reported: true });
    const meant = advice.map((line) => line.replace(/^\((.*)\)$/, "$1"));
    const named = program.command.commands.some((command) => command.name() === words[0]);
    const topic = named ? `asr help ${words[0]}` : "asr help";
    return usageError(message, [...meant, `${topic} shows what there is`].join("; "));
  }
  return asAsrError(thrown);
}

/**
 * Runs one command line.
 *
 * @param words what the user typed after `asr`
 * @returns the exit code (CLI.md, "Exit codes")
 */
export async function main(words: readonly string[], world: World): Promise<number> {
  // Errors of the command line itself come before the settings are known.
  if (
    / --log-format[ =]json /.test(` ${words.join(" ")} `) ||
    world.environment.ASR_LOG_FORMAT === "json"
  ) {
    world.console.configure({ logFormat: "json" });
  }
  const program = createProgram(world);
  try {
    await program.command.parseAsync([...words], { from: "user" });
    // What was aborted after its last step had begun still ends as the signal says.
    world.signal.throwIfAborted();
    return 0;
  } catch (thrown) {
    const shown = isCommanderError(thrown) && thrown.exitCode === 0 ? await flush(program) : thrown;
    if (shown === undefined) return 0;
    const error = errorOf(world.signal.aborted ? world.signal.reason : shown, words, program);
    if (error.exitCode !== 0 && !error.details.reported) world.console.error(error);
    if (error.kind === "internal" && error.stack) world.console.debug(error.stack);
    return error.exitCode;
  }
}

/** The launcher's door: never returns to a living process. */
export async function run(): Promise<void> {
  const world = createProcessWorld();
  const exitCode = await main(process.argv.slice(2), world);
  // Where stderr is an asynchronous pipe (Windows), its last line must leave before the end.
  await world.stderr.write("").catch(() => {});
  process.exit(exitCode);
}
