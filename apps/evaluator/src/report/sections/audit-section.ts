import type { AuditItem } from '../../audit/audit-item';
import { escapeHtml, section } from '../html';

const MARKS = { fine: '✓', note: '·', warning: '!' } as const;

/** The audit: warnings first, the rest by what it is about. */
export function auditSection(audit: readonly AuditItem[]): string {
  const warnings = audit.filter(({ level }) => level === 'warning');
  const lead =
    warnings.length === 0
      ? 'Nothing was found that would make the figures too good.'
      : `<strong>${warnings.length} ${warnings.length === 1 ? 'thing makes' : 'things make'} figures below worth less than they look.</strong>`;
  const items = [...warnings, ...audit.filter(({ level }) => level !== 'warning')].map(
    ({ level, about, text }) =>
      `<li class="${level}"><span class="mark">${MARKS[level]}</span><span><b>${escapeHtml(about)}</b> ${escapeHtml(text)}</span></li>`,
  );
  return section('audit', 'Leakage and provenance', lead, `<ul class="audit">${items.join('\n')}</ul>`);
}
