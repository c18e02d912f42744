/** What `asr config show` and `asr config path` say. */
import path from "node:path";
import { PROJECT_PLACES, USER_PLACES } from "./explorer.ts";
import { type FileChoice, findFiles } from "./find.ts";
import { projectFolders, userFolder } from "./folders.ts";
import { type ShownSetting, safeJson, shown } from "./mask.ts";
import { mayComeFrom, OPTION_ROWS } from "./options.ts";
import type { Settings } from "./settings.ts";
import type { Surroundings } from "./surroundings.ts";
import { isTrusted } from "./trust.ts";

/** Wider values push their source aside instead of the whole column. */
const WIDEST_COLUMN = 40;

function shownSettings({ resolved }: Settings): readonly (readonly [string, ShownSetting])[] {
  const actions = OPTION_ROWS.filter((row) => !mayComeFrom(row, "environment"));
  return [...resolved]
    .filter(([place, entry]) => {
      if (!place.includes(".")) return actions.every(({ key }) => key !== place);
      return entry.row.secret === true || entry.source !== "default";
    })
    .map(([place, entry]) => [place, shown(entry)] as const);
}

function asText(value: unknown): string {
  if (value === undefined || (Array.isArray(value) && value.length === 0)) return "-";
  if (Array.isArray(value)) return value.map(asText).join(", ");
  const json = safeJson(value);
  return json === `"${String(value)}"` ? String(value) : json;
}

/** Each setting with its value and source; secrets and what stands for them are masked. */
export function settingsReport(settings: Settings, json: boolean): string {
  const rows = shownSettings(settings);
  if (json) {
    const entries = rows.map(([place, { value, secret, source }]) => [
      place,
      secret ? { set: value !== undefined, source } : { value: value ?? null, source },
    ]);
    const report = { settings: Object.fromEntries(entries), files: settings.files };
    return `${safeJson(report, 2)}\n`;
  }
  const cells = rows.map(([place, { value, source }]) => [place, asText(value), asText(source)]);
  const widths = [0, 1].map((column) =>
    Math.min(WIDEST_COLUMN, Math.max(...cells.map((row) => row[column]?.length ?? 0))),
  );
  const lines = cells.map((row) =>
    row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  "),
  );
  return `${lines.join("\n")}\n`;
}

/**
 * Which files are read, the strongest first, and where files are looked for.
 *
 * @throws AsrError kind "usage" for a file that can't be parsed
 */
export async function pathReport(
  choice: FileChoice,
  surroundings: Surroundings,
  json: boolean,
): Promise<string> {
  const { files, foreign } = await findFiles(choice, surroundings);
  const read = await Promise.all(
    files.map(async (file) => ({
      role: file.role,
      path: file.path,
      trusted: file.role !== "project" || (await isTrusted(file.path, surroundings)),
    })),
  );
  const searched = [
    ...(await projectFolders(surroundings)).map((folder) => ({
      role: "project",
      folder,
      names: PROJECT_PLACES,
    })),
    { role: "user", folder: userFolder(surroundings), names: USER_PLACES },
  ];
  if (json) return `${safeJson({ read, foreign, searched }, 2)}\n`;
  const lines = [
    "read, the strongest first:",
    ...(read.length === 0 ? ["  none"] : []),
    ...read.map(
      (file) => `  ${file.role}  ${asText(file.path)}${file.trusted ? "" : "  (not trusted)"}`,
    ),
    ...foreign.map((file) => `  skipped  ${asText(file)}  (belongs to another user)`),
    "looked for, the first that is there:",
    ...searched.map(
      ({ role, folder, names }) =>
        `  ${role}  ${asText(path.join(folder, "/"))}{${names.join(",")}}`,
    ),
  ];
  return `${lines.join("\n")}\n`;
}
