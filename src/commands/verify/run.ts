/** What `asr verify` does, loaded once it is clear that something is to be done. */
import pMap from "p-map";
import { AsrError, asAsrError, usageError } from "../../errors.ts";
import { jsonText } from "../../formats/json-text.ts";
import { findAudioTools } from "../../jobs/plan-request.ts";
import { speechModelFor } from "../../jobs/speech-model.ts";
import { loadProvider } from "../../providers/registry.ts";
import type { Settings } from "../../settings/load.ts";
import type { Console } from "../../terminal/console.ts";
import { loadLinePaint } from "../../terminal/difference-paint.ts";
import { isColored } from "../../terminal/paint.ts";
import { sanitizeLine } from "../../terminal/sanitize.ts";
import { PLAIN_DIFFERENCE } from "../../verify/difference-text.ts";
import { junitXml } from "../../verify/junit.ts";
import { verifyReport } from "../../verify/report.ts";
import { type CaseResult, isPassed } from "../../verify/result.ts";
import { checkReportFile, writeReportFile } from "../eval/files.ts";
import type { World } from "../world.ts";
import { type CaseFailure, type CaseMode, runCase } from "./case.ts";
import { findCases, type LocatedCase, noneChosen } from "./cases.ts";
import { announceLive, createRecorder } from "./live.ts";
import type { Shared } from "./recognise.ts";
import { type Asked, askedOf, isRemote } from "./tape.ts";
import { verifyText } from "./text.ts";

/** Replays wait for nothing but files; more at once gain nothing. */
const CASES_AT_ONCE = 4;

interface Turn {
  readonly one: LocatedCase;
  /** Or why it can't be run. */
  readonly asked: Asked | CaseFailure;
}

export async function runVerification(
  operands: readonly string[],
  settings: Settings,
  world: World,
): Promise<void> {
  const { values } = settings;
  const startedMs = world.now();
  await checkReportFile(values.junit, world);
  const turns = await turnsOf(operands, settings, world);
  const results = await runTurns(turns, settings, world);
  if (values.junit !== undefined) {
    await writeReportFile(values.junit, junitXml(operands.join(", "), results), world);
  }
  const elapsedMs = world.now() - startedMs;
  await world.stdout.write(
    values.json
      ? jsonText(verifyReport(results), 2)
      : verifyText(results, {
          paint: await paintFor(settings, world),
          verbose: values.verbose,
          places: operands,
          elapsedMs,
        }),
  );
  const failed = results.filter((result) => !isPassed(result));
  if (failed.length === 0) return;
  const isJudged = failed.some(({ status }) => status === "failed");
  throw new AsrError("gate", `${failed.length} of ${results.length} cases failed`, {
    hint: isJudged
      ? "if what is recognised now is right, write it into the expectations with --update"
      : "none of them was recognised: the report says why, and what to do",
  });
}

async function paintFor({ values }: Settings, { stdout, environment }: World) {
  // Into a pipe the result has no colours, whatever is said of stderr.
  const colored = stdout.isTerminal && isColored(true, environment, values.color);
  return colored ? loadLinePaint() : PLAIN_DIFFERENCE;
}

async function turnsOf(
  operands: readonly string[],
  settings: Settings,
  world: World,
): Promise<Turn[]> {
  const { onlyProvider } = settings.values;
  const cases = await findCases(operands, settings, world);
  const turns = await pMap(
    cases,
    async (one): Promise<Turn> => {
      const asked = await askedOf(one).catch(
        (error: unknown): CaseFailure => ({ code: "cassette", error: asAsrError(error) }),
      );
      return { one, asked };
    },
    { concurrency: CASES_AT_ONCE },
  );
  if (onlyProvider.length === 0) return turns;
  const chosen = turns.filter(
    ({ asked }) => !("error" in asked) && onlyProvider.includes(asked.provider),
  );
  if (chosen.length === 0) throw noneChosen(turns.length, operands.join(", "));
  return chosen;
}

/** Each case's own warnings are part of what it is compared by; nobody reads them from a terminal. */
function quiet(console: Console): Console {
  return { ...console, warning() {}, note() {}, debug() {} };
}

async function runTurns(
  turns: readonly Turn[],
  settings: Settings,
  world: World,
): Promise<CaseResult[]> {
  const { values } = settings;
  const audioTools = await findAudioTools([], world.console.debug, world);
  const own = { ...world, console: quiet(world.console) };
  let isRuntimeTaken = false;
  const remote: Shared = {
    world: own,
    audioTools: {
      ...audioTools,
      speechModel: () => {
        isRuntimeTaken = true;
        return audioTools.speechModel();
      },
    },
  };
  const isLocal = ({ asked }: Turn): boolean => !("error" in asked) && !isRemote(asked.provider);
  const live = turns.filter((turn): turn is Turn & { asked: Asked } => {
    return values.live && !("error" in turn.asked) && isRemote(turn.asked.provider);
  });
  if (live.length > 0) await announceLive(live, settings, remote, world);
  const record = createRecorder(settings, remote);
  const colored = isColored(world.stderr.isTerminal, world.environment, values.color);
  const isShown = !values.quiet && values.logFormat === "text";
  const line = isShown ? await world.startProgress("verifying", colored) : undefined;
  world.console.attach(line);
  let ended = 0;
  const run = async (turn: Turn, shared: Shared): Promise<CaseResult> => {
    world.signal.throwIfAborted();
    line?.update(`${ended + 1}/${turns.length} ${sanitizeLine(turn.one.name)}`);
    const isLive = values.live && !isLocal(turn);
    const mode: CaseMode = { update: values.update, isLive };
    const result = await runTurn(turn, mode, shared, record);
    ended += 1;
    return result;
  };
  try {
    const results = new Map<Turn, CaseResult>();
    const together = turns.filter((turn) => !isLocal(turn));
    const concurrency = values.concurrency ?? CASES_AT_ONCE;
    await pMap(
      together,
      async (turn) => {
        results.set(turn, await run(turn, remote));
      },
      { concurrency },
    );
    // After the others: one thread of a process alone can have the runtime, and theirs may need it.
    for (const turn of turns.filter(isLocal)) {
      const refused = isRuntimeTaken ? { ...turn, asked: RUNTIME_TAKEN } : turn;
      const speechModel = speechModelFor([await loadProvider("local")], world.console.debug);
      results.set(
        turn,
        await run(refused, { ...remote, audioTools: { ...audioTools, speechModel } }),
      );
    }
    return turns.flatMap((turn) => results.get(turn) ?? []);
  } finally {
    world.console.attach(undefined);
    line?.stop();
  }
}

const RUNTIME_TAKEN: CaseFailure = {
  code: "recognition",
  error: usageError(
    "a case of local can't be run after others that needed Silero",
    "run it apart: asr verify DIR --only-provider local",
    "one thread of a process alone can load the ONNX runtime",
  ),
};

async function runTurn(
  { one, asked }: Turn,
  mode: CaseMode,
  shared: Shared,
  record: ReturnType<typeof createRecorder>,
): Promise<CaseResult> {
  if (!mode.isLive || "error" in asked) return runCase(one, asked, mode, shared);
  const startedMs = shared.world.now();
  try {
    await record({ one, asked });
  } catch (error) {
    shared.world.signal.throwIfAborted();
    const failure: CaseFailure = { code: "recognition", error: asAsrError(error) };
    return runCase(one, failure, mode, shared);
  }
  const recorded = { ...one, declared: { ...one.declared, hasCassette: true } };
  const result = await runCase(recorded, asked, mode, shared);
  return { ...result, durationMs: shared.world.now() - startedMs };
}
