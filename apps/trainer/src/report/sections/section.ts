import type { ReportContent } from '../report-content';

/** A section of the report. `render` returns its HTML, or null if the run has nothing for it. */
export interface Section {
  readonly id: string;
  readonly title: string;
  render(content: ReportContent): string | null;
}
