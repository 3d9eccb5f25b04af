import type { GeneratedRole, StatisticsCollector, TrainableModel } from '@cmcgan/model';
import type { Optimizer } from '@cmcgan/tfjs-kernels';
import type { output } from 'zod/mini';
import type { Adversary } from './adversaries/adversary';
import type { SumOverRanks } from './exchange';
import type { PathOptions } from './generator-pass';
import type { stepOptionsSchema } from './step-options';

/** The options of a step with their defaults, and the samples that they select. */
export interface ResolvedStepOptions extends Omit<output<typeof stepOptionsSchema>, 'fakes' | 'consistency'> {
  /** Generated samples that the discriminator judges. */
  fakes: readonly GeneratedRole[];
  /** Generated samples that the consistency loss supervises. */
  supervised: readonly GeneratedRole[];
}

/** The context that all phases of a training step share. */
export interface StepContext {
  model: TrainableModel;
  discriminatorOptimizer: Optimizer;
  generatorOptimizer: Optimizer;
  adversary: Adversary;
  options: ResolvedStepOptions;
  paths: PathOptions;
  /** Collects batch statistics over the step. */
  statistics: StatisticsCollector;
  /** Micro-batches of the update, over all ranks. */
  microBatches: number;
  sumOverRanks: SumOverRanks;
}
