/** Before all tests: the HTML report's script as it is now. */
export { writeReportAssets as setup } from "../scripts/report-page.ts";
