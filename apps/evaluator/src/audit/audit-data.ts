import { describeLeakage, type Dataset } from '@cmcgan/sub-urmp';
import type { AuditItem } from './audit-item';

/** What the data's two splits share, and how they are called here. */
export function auditData({ splits, leakage, manifestHash, leftOut }: Dataset): AuditItem[] {
  const about = 'data';
  const { train, validation } = splits;
  const findings = describeLeakage(leakage).map((text): AuditItem => {
    return { level: leakage.clean && text.startsWith('no leakage') ? 'fine' : 'warning', about, text };
  });
  return [
    {
      level: 'note',
      about,
      text: `train: ${train.length} pairs, test: the ${validation.length} pairs of the validation split, data ${manifestHash.slice(0, 12)}`,
    },
    ...findings,
    ...(leftOut.length > 0
      ? [{ level: 'note' as const, about, text: `${leftOut.length} files could not be used and were left out` }]
      : []),
  ];
}
