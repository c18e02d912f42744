import { fileURLToPath } from "node:url";

/** Path of the golden file in one format; the one in JSON is what the others are made from. */
export function hardCases(extension: string): string {
  return fileURLToPath(new URL(`../../fixtures/formats/hard-cases.${extension}`, import.meta.url));
}
