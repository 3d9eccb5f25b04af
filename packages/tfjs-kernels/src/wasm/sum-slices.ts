import { Operation, SumSlicesJob } from './generated/job-fields';
import { step } from './step';
import type { Step } from './step';

/** Floats that a thread adds up at a time. */
const FLOATS_PER_TILE = 4096;

/** Adds up `sliceCount` slices of `count` floats, in order. */
export function sumSlicesStep(slices: number, destination: number, count: number, sliceCount: number): Step {
  const tiles = Math.ceil(count / FLOATS_PER_TILE);
  return step(Operation.sumSlices, SumSlicesJob, {
    ...{ tiles, slices, destination, count, sliceCount, floatsPerTile: FLOATS_PER_TILE },
  });
}
