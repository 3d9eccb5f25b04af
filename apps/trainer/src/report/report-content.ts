import { curvesOf, type Curves } from './curves';
import { drawGrids, type DrawnGrid, type GridCache } from './draw-grids';
import { drawSounds, type SoundRow } from './draw-sounds';
import type { StoredRun } from './read-run';

/** All that a report shows, drawn. */
export interface ReportContent {
  readonly run: StoredRun;
  readonly curves: Curves;
  readonly soundToImage: readonly DrawnGrid[];
  readonly imageToSound: readonly DrawnGrid[];
  readonly sounds: readonly SoundRow[];
  readonly writtenAt: Date;
}

/** Draws what a stored run has. `cache` keeps grids for the next time. */
export async function drawReport(run: StoredRun, options: { writtenAt: Date; cache?: GridCache }): Promise<ReportContent> {
  const { samples, config } = run;
  return {
    run,
    curves: curvesOf(run.log),
    soundToImage: await drawGrids(samples.soundToImage, options.cache),
    imageToSound: await drawGrids(samples.imageToSound, options.cache),
    sounds: await drawSounds(samples, config.data.decibelRange),
    writtenAt: options.writtenAt,
  };
}
