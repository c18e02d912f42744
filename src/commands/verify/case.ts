/** One case: recognised, judged and, where that is asked for, its expectations written anew. */
import path from "node:path";
import { AsrError, asAsrError, usageError } from "../../errors.ts";
import { type Network, openNetwork } from "../../jobs/network.ts";
import { extensionOf } from "../../jobs/outputs/outputs.ts";
import { loadNormalizer, stepsNamed } from "../../scoring/normalization/normalizer.ts";
import { hasThresholds } from "../../verify/case.ts";
import { type CaseContents, type Judgement, judge, type Recognised } from "../../verify/judge.ts";
import type { CaseResult, Problem, ProblemCode, UpdatedFile } from "../../verify/result.ts";
import { networkSettings } from "../context.ts";
import { writeReportFile } from "../eval/files.ts";
import { saidText, TEXT_EXTENSIONS } from "../said-text.ts";
import { type LocatedCase, readText } from "./cases.ts";
import { prepareCase, recogniseCase, type Shared } from "./recognise.ts";
import { caseSettings } from "./settings.ts";
import { type Asked, isRemote, openTape } from "./tape.ts";
import { targetInside } from "./targets.ts";

export interface CaseMode {
  readonly update: boolean;
  /** The answers have just been recorded. */
  readonly isLive: boolean;
}

/** Why a case can't be run. */
export interface CaseFailure {
  readonly code: "recognition" | "cassette";
  readonly error: AsrError;
}

/** What is wrong with a case, as an exception carries it. */
class CaseError extends Error {
  readonly problem: Problem;

  constructor(code: ProblemCode, { message, details: { reason, hint } }: AsrError) {
    super(message);
    this.problem = {
      code,
      message,
      ...(reason === undefined ? {} : { reason }),
      ...(hint === undefined ? {} : { hint }),
    };
  }
}

const NEW_TAPE = "undo what changed, or record anew: asr verify … --live";

/** @throws the signal's reason where the run was aborted; whatever is wrong with the case is in it. */
export async function runCase(
  one: LocatedCase,
  asked: Asked | CaseFailure,
  mode: CaseMode,
  shared: Shared,
): Promise<CaseResult> {
  const { world } = shared;
  const startedMs = world.now();
  const found = "error" in asked ? {} : { provider: asked.provider };
  const outcome = await outcomeOf(one, asked, mode, shared).catch((thrown: unknown): Outcome => {
    world.signal.throwIfAborted();
    if (!(thrown instanceof CaseError)) throw thrown;
    return { problems: [thrown.problem], rates: {}, updated: [] };
  });
  const { problems, updated } = outcome;
  const isError = problems.some(({ code }) => code === "recognition" || code === "cassette");
  const passed = updated.length > 0 ? "updated" : "passed";
  return {
    name: one.name,
    ...found,
    tags: one.declared.tags,
    status: problems.length === 0 ? passed : isError ? "error" : "failed",
    durationMs: world.now() - startedMs,
    ...outcome,
  };
}

type Outcome = Pick<CaseResult, "problems" | "rates" | "updated">;

async function outcomeOf(
  one: LocatedCase,
  asked: Asked | CaseFailure,
  mode: CaseMode,
  shared: Shared,
): Promise<Outcome> {
  if ("error" in asked) throw new CaseError(asked.code, asked.error);
  const { recognised, unused } = await replay(one, asked, shared);
  const contents = await contentsOf(one);
  const steps = hasThresholds(one.declared) ? stepsNamed(one.declared.normalize) : [];
  const normalize = await loadNormalizer(steps);
  const judgement = judge(one.declared, recognised, contents, { normalize, ...mode });
  const broken = [...unused, ...missing(one, contents)];
  if (!mode.update || broken.length > 0) {
    return { ...judgement, problems: [...broken, ...judgement.problems], updated: [] };
  }
  const updated = await update(one, judgement, recognised, shared);
  const ended = judgement.outdated.map(({ problem }) => problem);
  const problems = judgement.problems.filter((problem) => !ended.includes(problem));
  return { rates: judgement.rates, problems, updated };
}

/** Recognised without a vendor; what was recorded for nothing is a problem of its own. */
async function replay(
  one: LocatedCase,
  asked: Asked,
  shared: Shared,
): Promise<{ readonly recognised: Recognised; readonly unused: readonly Problem[] }> {
  const { world } = shared;
  const settings = caseSettings(asked.provider, asked.options);
  const tape = isRemote(asked.provider)
    ? await openTape(one).catch((error: unknown) => {
        throw new CaseError("cassette", asAsrError(error));
      })
    : undefined;
  const plain = networkSettings(settings, world);
  const network: Network = await openNetwork(
    tape === undefined ? plain : { ...plain, replay: tape },
  );
  try {
    const prepared = await prepareCase(one, asked, settings, network, shared);
    const recognised = await recogniseCase(prepared).finally(prepared.recognisers.close);
    return { recognised, unused: unusedProblems(tape?.unused() ?? [], one) };
  } catch (thrown) {
    world.signal.throwIfAborted();
    // Of a miss that is said which command recorded it; here it is another.
    const [miss] = tape?.misses() ?? [];
    const error = miss ?? asAsrError(thrown);
    const hint = miss === undefined ? {} : { hint: NEW_TAPE };
    throw new CaseError(
      "recognition",
      new AsrError(error.kind, error.message, { ...error.details, ...hint }),
    );
  }
}

function unusedProblems(files: readonly string[], { declared }: LocatedCase): Problem[] {
  if (files.length === 0) return [];
  const count = files.length === 1 ? "1 request" : `${files.length} requests`;
  return [
    {
      code: "unused",
      message: `the recording holds ${count} that nobody made`,
      reason: `${declared.cassette}: ${files.slice(0, 3).join(", ")}${files.length > 3 ? ", …" : ""}`,
      hint: NEW_TAPE,
    },
  ];
}

/** Nothing says what must come out. */
function missing({ declared }: LocatedCase, { said }: CaseContents): Problem[] {
  if (hasThresholds(declared) && said === undefined) {
    const message = "there is nothing that its rates could be counted against";
    return [{ code: "no-expectation", message, hint: 'name what was said with "reference:"' }];
  }
  if (declared.expected.length > 0 || hasThresholds(declared)) return [];
  return [
    {
      code: "no-expectation",
      message: "nothing says what must come out",
      hint: `make an empty ${declared.name}.expected.txt (or srt, json, …), and run it with --update`,
    },
  ];
}

async function contentsOf({ folder, declared }: LocatedCase): Promise<CaseContents> {
  const read = async (file: string) => [file, await readText(path.join(folder, file))] as const;
  const expected = new Map(
    await Promise.all(declared.expected.map(({ path: file }) => read(file))),
  );
  if (!hasThresholds(declared)) return { expected };
  const readable = declared.expected.find(({ path: file }) =>
    TEXT_EXTENSIONS.includes(extensionOf(file)),
  );
  const file = declared.reference ?? readable?.path;
  if (file === undefined) return { expected };
  const [, content] = await read(file);
  if (content === undefined) {
    const hint = "name a file that says what was said";
    throw new CaseError("no-expectation", usageError(`${file} is not there`, hint));
  }
  try {
    return { expected, said: { file, text: await saidText(content, extensionOf(file)) } };
  } catch (error) {
    throw new CaseError("no-expectation", asAsrError(error));
  }
}

/** All texts are known before the first is written. @throws AsrError kind "output" */
async function update(
  one: LocatedCase,
  { outdated }: Judgement,
  { texts }: Recognised,
  { world }: Shared,
): Promise<UpdatedFile[]> {
  const targets = await Promise.all(
    outdated.map(({ expectation }) => targetInside(one, expectation.path)),
  ).catch((error: unknown) => {
    throw new CaseError("no-expectation", asAsrError(error));
  });
  const updated: UpdatedFile[] = [];
  for (const [index, { expectation, problem }] of outdated.entries()) {
    const text = texts.get(expectation.format) ?? "";
    await writeReportFile(targets[index] ?? "", [text], world);
    const { difference } = problem;
    updated.push({ file: expectation.path, ...(difference === undefined ? {} : { difference }) });
  }
  return updated;
}
