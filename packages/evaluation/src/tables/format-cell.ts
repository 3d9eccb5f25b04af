import type { Accuracy } from '@cmcgan/classifier';

/** 0.7661 as 76.6 %. */
export const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

/** "[67.4, 83.1]": an interval in percent. */
export const percentInterval = ([low, high]: readonly [number, number]): string =>
  `[${(100 * low).toFixed(1)}, ${(100 * high).toFixed(1)}]`;

/** "76.8 % [67.5, 84.0] n 99"; a dash if there is no figure. */
export function accuracyText(cell: Pick<Accuracy, 'accuracy' | 'interval' | 'n'> | null): string {
  return cell === null || cell.n === 0 ? '–' : `${percent(cell.accuracy)} ${percentInterval(cell.interval)} n ${cell.n}`;
}
