import { availableParallelism } from 'node:os';
import * as z from 'zod/mini';
import { BACKEND_NAMES, BACKEND_SYNONYMS } from '@cmcgan/backends';
import { usageError } from '@cmcgan/command-line';
import { suggestion } from './nearest-name';
import { flagName, wordOf } from './flags';
import { nest, type OptionPath, type OptionValues, valueAt } from './option-path';
import { trainerOptionsSchema, type TrainerOptions } from './trainer-options';

/** Where an option's value was written, for messages: the option's name there, and the value. */
export interface OptionSource {
  readonly name: string;
  readonly got: unknown;
  /** The value as it was written, if that differs: "5" is not 5. */
  readonly written?: string;
}

/** Returns where an option was set. */
export type SourceOf = (path: string) => OptionSource;

interface BrokenRule {
  readonly path: string;
  readonly value: unknown;
  readonly rule: string;
}

/** The message for a value that breaks a rule, with the option's name and value as they were written. */
function describe({ path, value, rule }: BrokenRule, { name, got, written = String(got) }: OptionSource): string {
  const names = /^must be one of (.+)$/.exec(rule)?.[1].split(', ');
  if (typeof value !== 'string' || names === undefined) return `${name} ${rule}, got ${written}`;
  const words = names.map((each) => wordOf(path, each));
  return `${name} is not known, got ${written}${suggestion(value, 'values', words)}`;
}

function assertNoConflict(options: TrainerOptions, sourceOf: SourceOf): void {
  const { backend, threads, accumulate, batchSize, step } = options;
  const nameOf = (path: OptionPath) => sourceOf(path).name;
  if (!BACKEND_NAMES.includes(backend)) {
    throw usageError(
      `${nameOf('backend')} ${backend} is not known${suggestion(backend, 'backends', BACKEND_NAMES, BACKEND_SYNONYMS)}`,
    );
  }
  if (backend === 'cpu' && threads !== null && threads > 1) {
    const [own, other] = [nameOf('threads'), nameOf('backend')];
    throw usageError(
      `${own} ${threads} conflicts with ${other} cpu, which has one thread; leave ${own} out, or use ${other} wasm`,
    );
  }
  const cores = availableParallelism();
  if (threads !== null && threads > 4 * cores) {
    throw usageError(
      `${nameOf('threads')} must be at most ${4 * cores} on this machine of ${cores} core${cores === 1 ? '' : 's'}, got ${threads}`,
    );
  }
  if (accumulate > 1 && batchSize * accumulate > 4096) {
    throw usageError(
      `${nameOf('batchSize')} ${batchSize} × ${nameOf('accumulate')} ${accumulate} must be at most 4096 pairs per update`,
    );
  }
  if (step.cycle === 'cut' && step.consistency !== 'all') {
    throw usageError(
      `${nameOf('step.cycle')} cut needs --consistency all, which teaches the samples on the paths' ways, got ${step.consistency}`,
    );
  }
  assertLearntBefore(options, nameOf);
}

/** What a run learns before Algorithm 1 builds on itself, unless it starts from a model that has learnt it all. */
function assertLearntBefore(options: TrainerOptions, nameOf: (path: OptionPath) => string): void {
  const { contrastiveSteps, decoderSteps, pathSteps, initFrom, optimizers } = options;
  if (initFrom !== null) return;
  const building = (
    [
      { path: 'optimizers.generator.encoders', value: optimizers.generator.encoders, without: 'learn' },
      { path: 'decoderSteps', value: decoderSteps, without: 0 },
      { path: 'pathSteps', value: pathSteps, without: 0 },
    ] as const
  ).filter(({ value, without }) => value !== without);
  if (contrastiveSteps === 0 && building.length > 0) {
    const names = new Intl.ListFormat('en').format(building.map(({ path, value }) => `${nameOf(path)} ${value}`));
    const wayOn = building.map(({ path, without }) => `${flagName(path)} ${without}`).join(' ');
    throw usageError(
      `${names} ${building.length > 1 ? 'need' : 'needs'} encoders that have learnt something; add --contrastive-steps 3000 or --init-from <run>, or else ${wayOn}`,
    );
  }
  if (pathSteps > 0 && decoderSteps === 0) {
    throw usageError(
      `${nameOf('pathSteps')} ${pathSteps} needs decoders that have learnt something; add --decoder-steps 3000, or else --path-steps 0`,
    );
  }
}

/** Checks a full set of options by path. Throws a one-line usage error for values that are out of range or conflict. */
export function validateOptions(values: OptionValues, sourceOf: SourceOf): TrainerOptions {
  const options = nest(values);
  const parsed = z.safeParse(trainerOptionsSchema, options);
  if (!parsed.success) {
    const broken = parsed.error.issues.map(({ path, message: rule }) => ({ path: path.join('.'), rule }));
    const lines = broken.map((each) => describe({ ...each, value: valueAt(options, each.path) }, sourceOf(each.path)));
    throw usageError(lines.join('; '));
  }
  assertNoConflict(parsed.data, sourceOf);
  return parsed.data;
}
