import { percent } from './format-cell';
import type { Table2 } from './table2';

/** For the columns of Table 2 with a generated modality: the real one that they know, as a column and in words. */
const ALONE = {
  'GV-A': { column: 'A', real: 'sound', made: 'image' },
  'GA-V': { column: 'V', real: 'image', made: 'sound' },
} as const;

/** What GV-A or GA-V says beside the real modality alone: whether a generated partner helps, harms, or cannot matter. */
export function compareAlone(column: keyof typeof ALONE, table2: Table2): string {
  const [cell, alone] = [table2[column], table2[ALONE[column].column]];
  const { real, made } = ALONE[column];
  if (cell === null || alone === null) return '';
  const known = `the ${real} alone gets ${percent(alone.accuracy)}`;
  if (alone.correct === alone.n)
    return cell.correct === cell.n ? `says nothing here: ${known} already` : `${known}: the made ${made}s only mislead`;
  if (cell.interval[1] < alone.accuracy) return `${known}: the made ${made}s mislead`;
  if (cell.interval[0] > alone.accuracy)
    return `${known}: the made ${made}s help; they come from the ${real}, so look for leakage first`;
  return `${known}: the made ${made}s make no clear difference`;
}
