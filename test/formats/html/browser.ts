/** Opens a report in a headless Chromium (`apt install chromium`), and keeps an eye on it. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { afterAll, onTestFinished } from "vitest";

export interface OpenPage {
  readonly page: Page;
  /** Addresses that were asked for, beside the page itself. */
  readonly requests: readonly string[];
  /** What the page's script threw, and what its policy forbade. */
  readonly faults: readonly string[];
}

let browser: Promise<Browser> | undefined;

afterAll(async () => {
  await (await browser)?.close();
  browser = undefined;
});

function launched(): Promise<Browser> {
  browser ??= chromium.launch({
    executablePath: "/usr/bin/chromium",
    args: ["--no-sandbox", "--autoplay-policy=no-user-gesture-required", "--mute-audio"],
  });
  return browser;
}

/** @param hash "#t=12.3" */
export async function openFile(
  file: string,
  options: BrowserContextOptions = {},
  hash = "",
): Promise<OpenPage> {
  const context = await (await launched()).newContext(options);
  onTestFinished(() => context.close());
  const page = await context.newPage();
  const requests: string[] = [];
  const faults: string[] = [];
  const address = pathToFileURL(file).href;
  page.on("request", (request) => {
    if (request.url().split("#")[0] !== address) requests.push(request.url());
  });
  page.on("pageerror", (error) => faults.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") faults.push(message.text());
  });
  await page.goto(address + hash);
  return { page, requests, faults };
}

/** A page's text as a file of a folder that is gone after the test. */
export function openHtml(
  html: string,
  options?: BrowserContextOptions,
  hash?: string,
): Promise<OpenPage> {
  const folder = mkdtempSync(path.join(tmpdir(), "asr-report-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = path.join(folder, "report.html");
  writeFileSync(file, html);
  return openFile(file, options, hash);
}
