import { percent } from './format-cell';
import type { Table2 } from './table2';

/** For each column of Table 2 with a generated modality: the column of the real one, and the names of both. */
const ALONE = {
  'GV-A': { column: 'A', real: 'sound', made: 'image' },
  'GA-V': { column: 'V', real: 'image', made: 'sound' },
} as const;

/** Compares GV-A or GA-V with the real modality alone: whether the generated partner helps, misleads, or makes no difference. */
export function compareAlone(column: keyof typeof ALONE, table2: Table2): string {
  const [cell, alone] = [table2[column], table2[ALONE[column].column]];
  const { real, made } = ALONE[column];
  if (cell === null || alone === null) return '';
  const known = `the ${real} alone gets ${percent(alone.accuracy)}`;
  if (alone.correct === alone.n)
    return cell.correct === cell.n ? `says nothing here: ${known} already` : `${known}: the generated ${made}s only mislead`;
  if (cell.interval[1] < alone.accuracy) return `${known}: the generated ${made}s mislead`;
  if (cell.interval[0] > alone.accuracy)
    return `${known}: the generated ${made}s help; they come from the ${real}, so look for leakage first`;
  return `${known}: the generated ${made}s make no clear difference`;
}
