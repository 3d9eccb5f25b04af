import type { OptionPath, OptionValues } from './option-path';

interface FlatOption {
  readonly path: OptionPath;
  /** Values that had another name, by that name. */
  readonly values?: Readonly<Record<string, string>>;
}

const at = (path: OptionPath): FlatOption => ({ path });

/**
 * Paths of the options that had a flat name before options were nested (2026-11-28), so that run folders and config files of that time
 * can be read. Options whose name did not change are not listed.
 */
const FLAT_OPTIONS: Readonly<Record<string, FlatOption>> = {
  data: at('data.folder'),
  skipBroken: { path: 'data.onBroken', values: { yes: 'skip', no: 'error' } },
  unreadableShare: at('data.unreadableShare'),
  dataCache: at('data.cacheFolder'),
  dataMemoryMiB: at('data.memoryMiB'),
  simulatedPairsPerClass: at('data.simulated.pairsPerClass'),
  simulatedValidationPairsPerClass: at('data.simulated.validationPairsPerClass'),
  generatorSteps: at('step.generatorUpdates'),
  gradientClip: at('step.gradientClip'),
  lambda: at('step.lambda'),
  fakes: at('step.fakes'),
  consistency: at('step.consistency'),
  generatorLearningRate: at('optimizers.generator.learningRate'),
  generatorBeta1: at('optimizers.generator.beta1'),
  generatorBeta2: at('optimizers.generator.beta2'),
  discriminatorLearningRate: at('optimizers.discriminator.learningRate'),
  discriminatorOptimizer: at('optimizers.discriminator.kind'),
  discriminatorMomentum: at('optimizers.discriminator.momentum'),
  learningRateSchedule: at('schedule.kind'),
  learningRateDecayShare: at('schedule.decayShare'),
  warmUpSteps: at('schedule.warmUpSteps'),
  emaDecay: at('averageDecay'),
  checkpointMinutes: at('checkpoints.everyMinutes'),
  keepEveryEpochs: at('checkpoints.keepEveryEpochs'),
  width: at('model.width'),
  depth: at('model.depth'),
  latentSize: at('model.latentSize'),
  paths: at('model.paths'),
  outputActivation: at('model.outputActivation'),
  statistics: at('model.statistics'),
  codeSize: at('model.codeSize'),
  initialisation: at('model.initialisation'),
  adversarialLoss: { path: 'model.discriminator.kind', values: { standard: 'unimodal' } },
  discriminatorNormalisation: at('model.discriminator.normalisation'),
  discriminatorInitialisation: at('model.discriminator.initialisation'),
  discriminatorHiddenUnits: at('model.discriminator.hiddenUnits'),
  discriminatorWidth: at('model.discriminator.width'),
  discriminatorFeatureSize: at('model.discriminator.featureSize'),
  judge: at('judge.source'),
  judgeEvery: at('judge.everyEpochs'),
  judgePairs: at('judge.pairs'),
  stopOnCollapse: at('judge.stopOnCollapse'),
  featureClassifier: at('baseline.featureClassifier'),
  pretrainingSteps: at('baseline.pretrainingSteps'),
};

/** Today's path and value of an option with an old or a current name. */
export function today(name: string, value: unknown): { path: string; value: unknown } {
  if (!Object.hasOwn(FLAT_OPTIONS, name)) return { path: name, value };
  const { path, values = {} } = FLAT_OPTIONS[name];
  return { path, value: typeof value === 'string' && Object.hasOwn(values, value) ? values[value] : value };
}

/** Options with old or current names, by their current paths. */
export function migrateOptions(values: OptionValues): Record<string, unknown> {
  const rows = Object.entries(values).map(([name, value]) => today(name, value));
  return Object.fromEntries(rows.map(({ path, value }) => [path, value]));
}
