import { dispose, keep } from '@tensorflow/tfjs-core';
import type { Generated, GeneratedRole, GenerateOptions, RoleBatch, StatisticsUpdate, TrainableModel } from '@cmcgan/model';
import { createGradientTape } from './gradient-tape';
import type { GradientTape } from './gradient-tape';
import { encoderInputs } from './step-inputs';
import type { StepBatch } from './step-inputs';

/** How paths are run: whether gradients pass through the samples on their way, and by what encoders normalise real samples. */
export type PathOptions = Required<Pick<GenerateOptions, 'cycle' | 'realStatistics'>>;

/** One forward pass of the generator over a micro-batch, along all paths. */
export interface GeneratorPass {
  batch: StepBatch;
  latents: Generated;
  paths: PathOptions;
  /** The samples that the paths generate: all of them if the pass is recorded, else those asked for. */
  generated: RoleBatch<GeneratedRole>[];
  /** The recording that the generator's loss continues; without it, the pass has to be run again for gradients. */
  tape?: GradientTape;
}

/** Frees a pass's samples and tape, but not its batch and latents. */
export function disposePass({ generated, tape }: GeneratorPass): void {
  dispose(generated.map(({ values }) => values));
  tape?.dispose();
}

export interface GeneratorPassOptions {
  model: TrainableModel;
  batch: StepBatch;
  latents: Generated;
  paths: PathOptions;
  /** Whether to record the pass, for the generator's gradients. */
  recorded: boolean;
  /** Samples to keep of a pass that is not recorded. */
  wanted: readonly GeneratedRole[];
  onStatistics: (update: StatisticsUpdate) => void;
}

/**
 * Runs all paths. EncoderV(x) and EncoderA(a) are each computed once for the two paths that start with them, and
 * further on, two paths share each pass through a network.
 */
export function runGenerator({ recorded, wanted, onStatistics, model, ...pass }: GeneratorPassOptions): GeneratorPass {
  const { roles } = model;
  const walk = () => model.generateBatches({ ...inputs(pass), roles, statistics: 'batch', onStatistics });
  if (!recorded) return { ...pass, generated: only(walk(), wanted) };
  const tape = createGradientTape();
  return { ...pass, generated: held(tape.record(walk)), tape };
}

/** The tape of a pass and its samples. A pass that was not recorded is run again with the same latents, which gives the same samples. */
export function recordedPass(model: TrainableModel, pass: GeneratorPass): Required<Pick<GeneratorPass, 'tape' | 'generated'>> {
  if (pass.tape !== undefined) return { tape: pass.tape, generated: pass.generated };
  dispose(pass.generated.map(({ values }) => values));
  pass.tape = createGradientTape();
  const options = { ...inputs(pass), roles: model.roles, statistics: 'batch' } as const;
  pass.generated = held(pass.tape.record(() => model.generateBatches(options)));
  return { tape: pass.tape, generated: pass.generated };
}

function inputs({ batch, latents, paths }: Pick<GeneratorPass, 'batch' | 'latents' | 'paths'>) {
  return { samples: encoderInputs(batch), latents, ...paths };
}

function only(generated: RoleBatch<GeneratedRole>[], wanted: readonly GeneratedRole[]): RoleBatch<GeneratedRole>[] {
  const isWanted = ({ roles }: RoleBatch<GeneratedRole>) => roles.some((role) => wanted.includes(role));
  dispose(generated.filter((batch) => !isWanted(batch)).map(({ values }) => values));
  return held(generated.filter(isWanted));
}

/** Keeps samples beyond tidy scopes; the step frees them itself. */
function held(generated: RoleBatch<GeneratedRole>[]): RoleBatch<GeneratedRole>[] {
  for (const { values } of generated) keep(values);
  return generated;
}
