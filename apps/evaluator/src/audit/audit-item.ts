/** One finding of the audit: what is as it should be, what is to know, what makes figures too good. */
export interface AuditItem {
  readonly level: 'fine' | 'note' | 'warning';
  /** What it is about: the data, the judge, or a run by its name. */
  readonly about: string;
  readonly text: string;
}
