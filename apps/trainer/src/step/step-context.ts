import type { Cmcgan, StatisticsCollector } from '@cmcgan/model';
import type { Optimizer } from '@cmcgan/tfjs-kernels';
import type { Adversary } from './adversary';
import type { ResolvedStepOptions } from './step-options';

/** What every phase of a training step works with. */
export interface StepContext {
  model: Cmcgan;
  discriminatorOptimizer: Optimizer;
  generatorOptimizer: Optimizer;
  adversary: Adversary;
  options: ResolvedStepOptions;
  /** Gathers batch statistics over the step. */
  statistics: StatisticsCollector;
}
