import type { StatisticsCollector, TrainableModel } from '@cmcgan/model';
import type { Optimizer } from '@cmcgan/tfjs-kernels';
import type { Adversary } from './adversary';
import type { ResolvedStepOptions } from './step-options';

/** What every phase of a training step works with. */
export interface StepContext {
  model: TrainableModel;
  discriminatorOptimizer: Optimizer;
  generatorOptimizer: Optimizer;
  adversary: Adversary;
  options: ResolvedStepOptions;
  /** Gathers batch statistics over the step. */
  statistics: StatisticsCollector;
}
