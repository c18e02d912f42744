/** `asr models list`: what there is, where it was looked for, and whether it is whole. */
import { findPackage, packagePlaces } from "../../installation/find-package.ts";
import type { Model } from "../../installation/known-packages.ts";
import { type ModelReport, modelReports } from "../../installation/state.ts";
import type { World } from "../world.ts";

export async function listModels(
  json: boolean,
  world: Pick<World, "environment" | "homeFolder" | "platform">,
): Promise<string> {
  const places = packagePlaces(world);
  const reports = modelReports((name) => findPackage(name, places));
  const folders = places.map(({ path }) => path);
  return json ? modelsJson(reports, folders) : await modelsText(reports, folders);
}

function packageOf({ packages }: Model): string {
  const [main] = packages;
  return main === undefined ? "" : `${main.name}@${main.version}`;
}

function modelsJson(reports: readonly ModelReport[], folders: readonly string[]): string {
  const models = reports.map(({ model, state, folder, faultyFile }) => ({
    name: model.name,
    title: model.title,
    package: packageOf(model),
    licence: model.licence,
    size_bytes: model.sizeBytes,
    state,
    ...(folder === undefined
      ? {}
      : { folder, checksums: faultyFile === undefined ? "ok" : "wrong" }),
    ...(faultyFile === undefined ? {} : { faulty_file: faultyFile }),
  }));
  return `${JSON.stringify({ models, folders }, undefined, 2)}\n`;
}

async function modelsText(
  reports: readonly ModelReport[],
  folders: readonly string[],
): Promise<string> {
  const { tableText } = await import("../../terminal/table.ts");
  const rows = reports.map((report) => {
    const { name, title, licence, sizeBytes } = report.model;
    return [
      name,
      `${Math.round(sizeBytes / 1e6)} MB`,
      packageOf(report.model),
      licence,
      title,
      stateText(report),
    ];
  });
  const table = tableText(rows, { right: new Set([1]) });
  return `${table}\nlooked for in:\n${folders.map((folder) => `  ${folder}\n`).join("")}`;
}

function stateText({ model, state, folder, faultyFile, byNpm }: ModelReport): string {
  if (state === "installed") return `installed, checksums right: ${folder}`;
  if (state === "damaged") {
    const again = byNpm ? `npm install ${packageOf(model)}` : `asr models install ${model.name}`;
    return `DAMAGED or another release: ${faultyFile}; try: remove ${folder}, then ${again}`;
  }
  return `not installed; try: asr models install ${model.name}`;
}
