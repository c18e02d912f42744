/** Every command of the pages in `docs/`. */
import { pageNames } from "./pages.ts";
import { runPages } from "./run-pages.ts";

runPages(pageNames().filter((name) => /^docs\/[^/]+\.md$/.test(name)));
