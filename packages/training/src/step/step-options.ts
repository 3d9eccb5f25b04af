import { intermediateOf } from '@cmcgan/model';
import type { GeneratedRole, TrainableModel } from '@cmcgan/model';

export interface TrainingStepOptions {
  /** λ, the weight of the consistency loss in the generator's total. The paper's preset: 1. */
  lambda?: number;
  /** Which generated samples the discriminator judges: the paths' ends (RF, FR), their intermediates (F, R), or both. */
  fakes?: 'ends' | 'intermediates' | 'both';
  /** Which generated samples the consistency loss supervises: the paths' ends (Eq. 3) or all outputs. */
  consistency?: 'ends' | 'all';
  /** K of Algorithm 1: generator updates for each discriminator update. */
  generatorUpdates?: number;
  /** What the norm of a network's gradients is clipped to; null, the default: they are taken as they are. */
  gradientClip?: number | null;
}

/** The options with their defaults, and the samples they name. */
export interface ResolvedStepOptions {
  lambda: number;
  generatorUpdates: number;
  gradientClip: number | null;
  /** Generated samples that the discriminator judges. */
  fakes: readonly GeneratedRole[];
  /** Generated samples that the consistency loss supervises. */
  supervised: readonly GeneratedRole[];
}

/** Throws where a value is out of range. */
export function resolveStepOptions(
  { paths, roles }: Pick<TrainableModel, 'paths' | 'roles'>,
  options: TrainingStepOptions = {},
): ResolvedStepOptions {
  const { lambda = 1, fakes = 'ends', consistency = 'ends', generatorUpdates = 1, gradientClip = null } = options;
  const fakeRoles = { ends: paths, intermediates: [...new Set(paths.map(intermediateOf))], both: roles }[fakes];
  const supervised = { ends: paths, all: roles }[consistency];
  assertRule(lambda >= 0 && Number.isFinite(lambda), 'lambda must be at least 0', lambda);
  assertRule(fakeRoles !== undefined, 'fakes must be ends, intermediates or both', fakes);
  assertRule(supervised !== undefined, 'consistency must be ends or all', consistency);
  assertRule(
    Number.isInteger(generatorUpdates) && generatorUpdates > 0,
    'generatorUpdates must be a whole number above 0',
    generatorUpdates,
  );
  assertRule(gradientClip === null || gradientClip > 0, 'gradientClip must be above 0', gradientClip);
  return { lambda, generatorUpdates, gradientClip, fakes: fakeRoles, supervised };
}

function assertRule(holds: boolean, rule: string, value: unknown): void {
  if (!holds) throw new Error(`createTrainingStep: ${rule}, got ${String(value)}`);
}
