/** The report's own script and style sheet, each in one piece; `npm run build` makes them of `page/`. */

/** Holds no `</script` and no `<!--`. */
export declare const PAGE_SCRIPT: string;
/** Holds no `</style`. */
export declare const PAGE_STYLE: string;
