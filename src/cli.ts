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
 * @returns the exit code (README, "Exit codes")
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

/** By then a command has loaded what it needs. */
const LOADED_AFTER_MS = 500;

/**
 * Else old objects may grow fourfold before V8 looks at them: 540 MB for a list of 100 000 inputs.
 * From then on V8 takes no code cache that was made before, those of Node's own modules neither, and
 * compiling them anew is half of a start: so a command that is over soon goes without.
 */
function keepHeapSmall(): void {
  setTimeout(() => {
    process.getBuiltinModule("node:v8").setFlagsFromString("--heap-growing-percent=30");
  }, LOADED_AFTER_MS).unref();
}

/** The launcher's door: never returns to a living process. */
export async function run(): Promise<void> {
  keepHeapSmall();
  const world = createProcessWorld();
  const exitCode = await main(process.argv.slice(2), world);
  // Where stderr is an asynchronous pipe (Windows), its last line must leave before the end.
  await world.stderr.write("").catch(() => {});
  process.exit(exitCode);
}
