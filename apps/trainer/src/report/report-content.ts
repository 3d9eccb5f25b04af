import type { Direction } from '@cmcgan/model';
import { curvesOf, type Curves } from './curves';
import { drawGrids, type DrawnGrids, type GridCache } from './draw-grids';
import { drawReleased, type DrawnPair } from './draw-released';
import { drawSounds, type DrawnSounds } from './draw-sounds';
import type { StoredRun } from './read-run';

/** The content of a report, ready to render. */
export interface ReportContent {
  readonly run: StoredRun;
  readonly curves: Curves;
  readonly soundToImage: DrawnGrids;
  readonly imageToSound: DrawnGrids;
  readonly sounds: DrawnSounds;
  /** What the released weights restored; empty if nothing. */
  readonly released: readonly DrawnPair[];
  readonly writtenAt: Date;
}

/** Prepares the content of a run's report. `cache` keeps drawn grids for the next time. */
export async function drawReport(run: StoredRun, options: { writtenAt: Date; cache?: GridCache }): Promise<ReportContent> {
  const { samples, config } = run;
  const names = config.data.classNames.map((name) => name.replaceAll('_', ' '));
  const gridsOf = (direction: Direction) => drawGrids({ direction, files: samples[direction], names }, options.cache);
  return {
    run,
    curves: curvesOf(run.log),
    soundToImage: await gridsOf('soundToImage'),
    imageToSound: await gridsOf('imageToSound'),
    sounds: await drawSounds(samples, config.data.decibelRange),
    released: await drawReleased(run.folder),
    writtenAt: options.writtenAt,
  };
}
