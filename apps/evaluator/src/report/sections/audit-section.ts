import { escapeHtml, section } from '@cmcgan/pages';
import type { AuditItem } from '@cmcgan/evaluation';

const MARKS = { fine: '✓', note: '·', warning: '!' } as const;

/** The audit: its warnings, and everything else that was checked, collapsed. */
export function auditSection(audit: readonly AuditItem[]): string {
  const warnings = audit.filter(({ level }) => level === 'warning');
  const others = audit.filter(({ level }) => level !== 'warning');
  const lead =
    warnings.length === 0
      ? 'Nothing was found that would make them too good, whether in what the training and test splits share, in what the judges were trained on, or in how the checkpoint was chosen.'
      : `<strong>${warnings.length} ${warnings.length === 1 ? 'problem makes' : 'problems make'} the figures less trustworthy than they look.</strong>`;
  const fold = `<details><summary>What was checked</summary>${list(others)}</details>`;
  return section('audit', 'Can these figures be trusted?', lead, (warnings.length === 0 ? '' : list(warnings)) + fold);
}

function list(items: readonly AuditItem[]): string {
  const lines = items.map(
    ({ level, about, text }) =>
      `<li class="${level}"><span class="mark">${MARKS[level]}</span><span><b>${escapeHtml(about)}</b> ${escapeHtml(text)}</span></li>`,
  );
  return `<ul class="audit">${lines.join('\n')}</ul>`;
}
