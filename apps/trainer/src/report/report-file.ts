/** Name of the report in the run folder. */
export const REPORT_FILE = 'report.html';
