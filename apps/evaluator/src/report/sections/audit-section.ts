import { escapeHtml, section } from '@cmcgan/pages';
import type { AuditItem } from '@cmcgan/evaluation';

const MARKS = { fine: '✓', note: '·', warning: '!' } as const;

/** The audit: warnings, and what else was looked at below a fold. */
export function auditSection(audit: readonly AuditItem[]): string {
  const warnings = audit.filter(({ level }) => level === 'warning');
  const others = audit.filter(({ level }) => level !== 'warning');
  const lead =
    warnings.length === 0
      ? 'Nothing was found that would make them too good, neither in what training and test share, nor in what the judges saw, nor in what chose the checkpoint.'
      : `<strong>${warnings.length} ${warnings.length === 1 ? 'thing makes' : 'things make'} the figures worth less than they look.</strong>`;
  const fold = `<details><summary>What was looked at</summary>${list(others)}</details>`;
  return section('audit', 'Can these figures be trusted?', lead, (warnings.length === 0 ? '' : list(warnings)) + fold);
}

function list(items: readonly AuditItem[]): string {
  const lines = items.map(
    ({ level, about, text }) =>
      `<li class="${level}"><span class="mark">${MARKS[level]}</span><span><b>${escapeHtml(about)}</b> ${escapeHtml(text)}</span></li>`,
  );
  return `<ul class="audit">${lines.join('\n')}</ul>`;
}
