/** The two parts of a data set. Their folders may be called `train` and `validation`, `val` or `test`, among others. */
export type Split = 'train' | 'validation';

/** One picture and the half second of sound around it. */
export interface Pair {
  /** `split/instrument/stem`, unique in the data set and independent of where the folder is. */
  readonly id: string;
  /** Name of both files without extension: `{instrument}{song:02}_{ms}` in the archive. */
  readonly stem: string;
  readonly split: Split;
  /** Name of the folder that contains the files. */
  readonly instrument: string;
  /** Position of the instrument in `Dataset.classNames`. */
  readonly classId: number;
  /** The picture's file, or where it lies in a tar file: read it with `readPairFile`. */
  readonly imagePath: string;
  /** The sound's file, likewise. */
  readonly soundPath: string;
  /** The song's number within the instrument, from the stem; null if the stem has none. */
  readonly song: number | null;
  /** The pair's position in the song in milliseconds, from the stem; null if the stem has none. */
  readonly timeMs: number | null;
}
