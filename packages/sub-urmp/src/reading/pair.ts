/** The two halves of a data set. Their folders may be called `train` and `validation`, `val` or `test`, among others. */
export type Split = 'train' | 'validation';

/** One picture and the half second of sound around it. */
export interface Pair {
  /** `split/instrument/stem`, unique in the data set and the same wherever the folder lies. */
  readonly id: string;
  /** Name of both files without extension: `{instrument}{song:02}_{ms}` in the archive. */
  readonly stem: string;
  readonly split: Split;
  /** Name of the folder that the files lie in. */
  readonly instrument: string;
  /** Position of the instrument in `Dataset.classNames`. */
  readonly classId: number;
  readonly imagePath: string;
  readonly soundPath: string;
  /** The song's number within the instrument, read from the stem; null when the stem has none. */
  readonly song: number | null;
  /** Where in the song the pair lies, in milliseconds, read from the stem; null when the stem has none. */
  readonly timeMs: number | null;
}
