import type { Split } from '../pair';

/** The usual folder names of the splits, in any case, in order of preference. */
export const SPLIT_FOLDERS: Readonly<Record<Split, readonly string[]>> = {
  train: ['train', 'training'],
  validation: ['validation', 'valid', 'val', 'dev', 'eval', 'evaluation', 'test', 'testing'],
};

/** The split that a folder of this name contains; undefined if it is not the name of a split. */
export function splitOfFolder(name: string): Split | undefined {
  const lower = name.toLowerCase();
  return (['train', 'validation'] as const).find((split) => SPLIT_FOLDERS[split].includes(lower));
}
