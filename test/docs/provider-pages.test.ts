/** Every command of the pages of providers, and of any other folder in `docs/`. */
import { pageNames } from "./pages.ts";
import { runPages } from "./run-pages.ts";

runPages(pageNames().filter((name) => /^docs\/.+\//.test(name)));
