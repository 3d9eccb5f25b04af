import type { Split } from '../pair';

/** Names that the splits' folders go by, in any case, in the order in which they are looked for. */
export const SPLIT_FOLDERS: Readonly<Record<Split, readonly string[]>> = {
  train: ['train', 'training'],
  validation: ['validation', 'valid', 'val', 'dev', 'eval', 'evaluation', 'test', 'testing'],
};

/** The split that a folder of this name holds; undefined if it is no split's name. */
export function splitOfFolder(name: string): Split | undefined {
  const lower = name.toLowerCase();
  return (['train', 'validation'] as const).find((split) => SPLIT_FOLDERS[split].includes(lower));
}
