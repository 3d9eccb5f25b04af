import { rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stepsPerEpoch } from '../data/open-training-data';
import { freeDiskBytes } from '../files/free-disk-bytes';
import type { TrainerOptions } from '../options/trainer-options';
import type { Progress } from '../progress/progress';
import type { DryRun } from './describe-dry-run';
import { estimate } from './estimate';
import { measure } from './measure';
import type { Measurement } from './measurement';

const INSTRUMENTS = 13;

/** The measurement with the run's own number of pairs: the dry run simulates only as many as two steps need. */
function asSimulated(measured: Measurement, options: TrainerOptions): Measurement {
  const { folder, simulated } = options.data;
  if (folder !== null) return measured;
  const train = INSTRUMENTS * simulated.pairsPerClass;
  const pairs = { train, validation: INSTRUMENTS * simulated.validationPairsPerClass };
  return { ...measured, pairs, stepsPerEpoch: stepsPerEpoch(train, options) };
}

/**
 * Estimates the time, memory and disk space of a run from two real steps and one end of an epoch, in a temporary folder that it removes.
 * The run folder is not touched. Frames and spectra of real data are cached, as in a run.
 */
export async function dryRun(
  options: TrainerOptions,
  dependencies: { progress: Progress; nowMs: () => number; trainerVersion: string },
): Promise<DryRun> {
  const folder = await mkdtemp(join(tmpdir(), 'cmcgan-dry-run-'));
  const removeAtExit = () => rmSync(folder, { recursive: true, force: true });
  process.once('exit', removeAtExit);
  const leave = () => process.exit(130);
  process.once('SIGINT', leave);
  process.once('SIGTERM', leave);
  try {
    const measured = asSimulated(await measure(options, { ...dependencies, folder }), options);
    return {
      options,
      measured,
      estimate: estimate(options, measured),
      freeDiskBytes: await freeDiskBytes(options.out),
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
    process.off('exit', removeAtExit).off('SIGINT', leave).off('SIGTERM', leave);
  }
}
