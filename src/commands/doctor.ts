/** `asr doctor`: looks whether everything is in place, and says what mends what is not. */
import type { Command } from "commander";
import { AsrError, usageError } from "../errors.ts";
import type { Finding } from "../jobs/doctor.ts";
import { PROVIDER_IDS, PROVIDERS } from "../providers/registry.ts";
import { addOptions } from "../settings/flags.ts";
import type { Settings } from "../settings/load.ts";
import { commandSettings } from "./settings.ts";
import type { World } from "./world.ts";

export function register(program: Command, world: World): void {
  const command = program
    .command("doctor")
    .summary("check settings, audio tools, credentials, clock and reachability")
    .description(
      "Check settings, audio tools, credentials, clock and reachability; say what mends what fails.\n" +
        "Looks at every provider that is set up, or at the one that --provider names. Costs nothing.",
    );
  const givenFlags = addOptions(command, "doctor", PROVIDER_IDS);
  command.action(async () => {
    const settings = await commandSettings("doctor", givenFlags(), world);
    const findings = await collect(settings, world);
    await world.stdout.write(await report(findings, settings.values.json));
    const failed = findings.find((finding) => finding.error !== undefined && isFailed(finding));
    if (failed?.error === undefined) return;
    const count = findings.filter(isFailed).length;
    throw new AsrError(failed.error.kind, `${count} of ${findings.length} checks failed`, {
      hint: "each line above that says FAILED names its mend",
    });
  });
}

function isFailed({ state }: Finding): boolean {
  return state === "failed";
}

async function collect(settings: Settings, world: World): Promise<Finding[]> {
  const { examine } = await import("../jobs/doctor.ts");
  const { examineAudioTools } = await import("../jobs/audio-tools.ts");
  const { plainNetwork, providerContext } = await import("./context.ts");
  const named = settings.sources.provider !== "default";
  const chosen = PROVIDERS.filter(({ id }) => !named || id === settings.values.provider);
  if (chosen.length === 0) throw usageError("there is no such provider");
  const files = settings.files.length === 0 ? "no file, defaults only" : settings.files.join(", ");
  const findings: Finding[] = [{ subject: "settings", check: "files", state: "ok", detail: files }];
  findings.push(...(await examineAudioTools(world)));
  for (const registered of chosen) {
    const provider = await registered.load();
    const network = await plainNetwork(settings, world);
    const context = providerContext(provider, settings, world, network);
    const { credentials } = context.account;
    const setUp = !provider.capabilities.remote || Object.keys(credentials).length > 0;
    try {
      for await (const finding of examine({ provider, context, wanted: named || setUp })) {
        findings.push(finding);
      }
    } finally {
      await context.http.close();
    }
  }
  return findings;
}

async function report(findings: readonly Finding[], json: boolean): Promise<string> {
  if (json) {
    const checks = findings.map(({ error: _, ...finding }) => finding);
    return `${JSON.stringify({ checks }, undefined, 2)}\n`;
  }
  const { tableText } = await import("../terminal/table.ts");
  return tableText(
    findings.map(({ state, subject, check, detail, mend }) => [
      state === "failed" ? "FAILED" : state,
      subject,
      check,
      mend === undefined || state === "ok" ? detail : `${detail}; try: ${mend}`,
    ]),
  );
}
