import { readRunConfig, runFolder } from '@cmcgan/training/node';
import type { TrainerOptions } from '../options/trainer-options';
import type { Progress, RunEvent, StepProgress } from '../progress/progress';
import { LONE_RANK } from '../ranks/ranks';
import { train } from '../training/train';
import { folderBytes } from './folder-bytes';
import type { Measurement } from './measurement';

/** The first step warms up, the second is timed. */
const STEPS = 2;

/** A progress display that records times, and passes on only warnings and the progress of reading data. */
function stopwatch(shown: Progress, nowMs: () => number) {
  const steps: StepProgress[] = [];
  let [stepsPerEpoch, lastStepMs, epochMs, savedMs] = [0, 0, 0, 0];
  const progress: Progress = {
    note: (line) => {
      if (line.startsWith('warning:')) shown.note(line);
    },
    status: shown.status,
    step(step) {
      steps.push(step);
      lastStepMs = nowMs();
    },
    event(event: RunEvent) {
      if (event.event === 'started') stepsPerEpoch = event.stepsPerEpoch;
      if (event.event === 'epoch') epochMs = nowMs();
      if (event.event === 'checkpoint') savedMs = nowMs();
    },
    summary: () => {},
    finish: shown.finish,
  };
  const read = () => ({
    stepsPerEpoch,
    firstStepMs: steps[0].stepMs,
    stepMs: steps[steps.length - 1].stepMs,
    epochEndMs: epochMs - lastStepMs,
    checkpointMs: savedMs - epochMs,
  });
  return { progress, read };
}

/** Options of the measured run: the same kind of step, as few as possible, and nothing that only a long run needs. */
function measuredOptions(options: TrainerOptions, folder: string): TrainerOptions {
  const { simulated } = options.data;
  const pairsPerClass = Math.ceil((STEPS * options.batchSize * options.accumulate) / 13);
  return {
    ...options,
    out: folder,
    maxSteps: STEPS,
    maxMinutes: null,
    checkpoints: { ...options.checkpoints, keepEveryEpochs: 0 },
    judge: { ...options.judge, source: null },
    baseline: { ...options.baseline, pretrainingSteps: 1 },
    contrastiveSteps: 0,
    decoderSteps: 0,
    pathSteps: 0,
    data: {
      ...options.data,
      simulated: { pairsPerClass: Math.min(simulated.pairsPerClass, pairsPerClass), validationPairsPerClass: 1 },
    },
  };
}

interface MeasureDependencies {
  readonly progress: Progress;
  readonly nowMs: () => number;
  readonly trainerVersion: string;
  /** An empty folder for the measured run. */
  readonly folder: string;
}

/** Measures two real steps and one end of an epoch with the given options, in a folder that the caller removes. */
export async function measure(options: TrainerOptions, dependencies: MeasureDependencies): Promise<Measurement> {
  const { nowMs, trainerVersion } = dependencies;
  const { path, config, samples, checkpoints } = runFolder(dependencies.folder);
  const { progress, read } = stopwatch(dependencies.progress, nowMs);
  const interrupt = { requested: false, signal: null, abort: new AbortController().signal, hold() {}, dispose() {} };
  await train(measuredOptions(options, path), {
    ...{ progress, interrupt, nowMs, trainerVersion, startedAt: new Date(), folderUse: 'named', ranks: LONE_RANK },
  });
  const { parameters, backend, data } = await readRunConfig(config);
  const samplesBytes = await folderBytes(samples, /epoch-/);
  const logBytes = await folderBytes(path, /^log\.jsonl$/);
  return {
    ...read(),
    ...{ parameters, backend, peakBytes: process.resourceUsage().maxRSS * 1024 },
    pairs: data.pairs,
    classCount: data.classNames.length,
    simulated: data.simulated,
    checkpointBytes: await folderBytes(`${checkpoints}/last`),
    samplesBytes: 2 * samplesBytes,
    reportBytes: await folderBytes(path, /^report\.html$/),
    stepLogBytes: (2 * logBytes) / STEPS,
  };
}
