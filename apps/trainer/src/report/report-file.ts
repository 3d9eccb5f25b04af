/** What the report of a run is called, in its folder. */
export const REPORT_FILE = 'report.html';
