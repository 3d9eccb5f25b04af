import type { ReportContent } from '../report-content';

/** A part of the report: its HTML, or null where the run has nothing for it. */
export interface Section {
  readonly id: string;
  readonly title: string;
  render(content: ReportContent): string | null;
}
