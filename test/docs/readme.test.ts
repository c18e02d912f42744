/** Every command of the README. */
import { runPages } from "./run-pages.ts";

runPages(["README.md", "CONTRIBUTING.md"]);
