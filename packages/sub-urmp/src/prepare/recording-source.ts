import type { PreparationCard } from '../reading/card/dataset-card';
import type { PlacedWindow } from './plan-recordings';
import type { SourceFile } from './recordings/list-sources';

/** A source of recordings with their sounds and pictures. */
export interface RecordingSource {
  /** The folders that contain them. */
  folders: readonly string[];
  /** The sound files, each of them a recording or part of one. */
  files: readonly SourceFile[];
  /** The whole sound, mono at 44,100 Hz. */
  sound(file: SourceFile): Promise<Float32Array>;
  /** A JPEG for each of the windows, in order; windows may be skipped. */
  pictures(file: SourceFile, windows: readonly PlacedWindow[]): AsyncIterable<{ window: PlacedWindow; jpeg: Uint8Array }>;
  /** Whether a file's end is missing. */
  isCutOff?(file: SourceFile): Promise<boolean>;
  /** What a file whose sound cannot be read actually is, if that can be told. */
  whatInstead?(file: SourceFile): Promise<string | undefined>;
  card: Pick<PreparationCard, 'from' | 'reader' | 'options' | 'leftOut' | 'systemFiles'>;
}
