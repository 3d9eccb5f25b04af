import { join } from 'node:path';
import { readFile } from 'node:fs/promises';
import type { ChenConfig, CmcganConfig } from '@cmcgan/model';
import { describeError, usageError } from '@cmcgan/command-line';
import { VARIANTS, type Variant, type VariantName } from '../variants/variants';
import type { OptionLayer } from './option-layer';
import { PAPER_OPTIONS } from './presets';
import { REMEDIES } from './remedies';

type Values = Readonly<Record<string, unknown>>;

/** The options that describe a model's networks, its variant among them. */
function optionsOf(architecture: string, config: CmcganConfig | ChenConfig): Values {
  const { width, latentSize, initialisation, discriminator } = config;
  const common = {
    ...{ width, latentSize, initialisation },
    discriminatorWidth: discriminator.width,
    discriminatorNormalisation: discriminator.normalisation,
    discriminatorInitialisation: discriminator.initialisation,
  };
  if (architecture === 'chen') {
    const { from, feature, discriminator } = config as ChenConfig;
    return { ...common, statistics: discriminator.statistics, variant: baselineOf({ from, feature }) };
  }
  const { depth, paths, outputActivation, statistics, codeSize, discriminator: judging } = config as CmcganConfig;
  const options = {
    ...common,
    ...{ depth, paths, outputActivation, statistics, codeSize },
    adversarialLoss: judging.kind === 'joint' ? 'joint' : 'standard',
    discriminatorHiddenUnits: judging.hiddenUnits,
    discriminatorFeatureSize: judging.featureSize,
  };
  return { ...options, variant: variantOf(options) };
}

const variants = Object.entries(VARIANTS) as [VariantName, Variant][];

function baselineOf({ from, feature }: Pick<ChenConfig, 'from' | 'feature'>): VariantName | undefined {
  return variants.find(([, row]) => row.family === 'chen' && row.networks.from === from && row.networks.feature === feature)?.[0];
}

/** The variant that says most of what makes the networks differ from the whole CMCGAN. */
function variantOf(options: Values): VariantName {
  const differing = (sets: Values) => Object.entries(sets).filter(([key, value]) => (PAPER_OPTIONS as Values)[key] !== value);
  const fitting = variants.filter(
    ([, { family, sets }]) => family === 'cmcgan' && Object.entries(sets).every(([key, value]) => options[key] === value),
  );
  const ranked = fitting.map(([name, { sets }]) => ({ name, says: differing(sets as Values).length }));
  return ranked.reduce((best, row) => (row.says > best.says ? row : best)).name;
}

/** The networks of the model that --init-from names, as options. Throws a usage error where it holds none. */
export async function readInitialModel(path: string): Promise<OptionLayer> {
  const { resolveChenConfig, resolveConfig } = await import('@cmcgan/model'); // heavy: only where it is asked for
  const { findCheckpoint } = await import('@cmcgan/model/node');
  try {
    const { folder } = await findCheckpoint(path);
    const text = await readFile(join(folder, 'config.json'), 'utf8');
    const { architecture = 'cmcgan', ...config } = JSON.parse(text) as { architecture?: string };
    const resolved = architecture === 'chen' ? resolveChenConfig(config as ChenConfig) : resolveConfig(config);
    return {
      values: optionsOf(architecture, resolved),
      sourceOf: (key) => ({ name: `${key} of --init-from ${path}`, got: undefined }),
    };
  } catch (error) {
    throw usageError(
      `--init-from ${path} cannot be used: ${describeError(error, { ...REMEDIES, checkpoint: 'name a run folder, one of its checkpoints, or a folder with a model.safetensors' })}`,
    );
  }
}

/**
 * What a person wrote, with the networks of the initial model, which decide.
 *
 * @throws a usage error where what was written contradicts them
 */
export function withInitialModel(given: OptionLayer, initial: OptionLayer): OptionLayer {
  const { variant, ...networks } = initial.values;
  for (const [key, value] of Object.entries(given.values)) {
    if (!Object.hasOwn(initial.values, key) || value === null) continue;
    const fits = key === 'variant' ? variantFits(value as VariantName, initial.values) : value === networks[key];
    if (fits) continue;
    const { name, got } = given.sourceOf(key);
    const has = key === 'variant' ? `is of the variant ${String(variant)}` : `has ${String(networks[key])}`;
    throw usageError(
      `${name} ${String(got)} conflicts with --init-from ${String(given.values.initFrom)}, whose model ${has}; leave one of them out`,
    );
  }
  return {
    values: { variant, ...given.values, ...networks },
    sourceOf: (key) => (Object.hasOwn(given.values, key) ? given.sourceOf(key) : initial.sourceOf(key)),
  };
}

/** Whether a variant's networks are the model's; a name that is no variant's is left to the schema. */
function variantFits(name: VariantName, model: Values): boolean {
  if (!Object.hasOwn(VARIANTS, name)) return true;
  const [row, own]: Variant[] = [VARIANTS[name], VARIANTS[model.variant as VariantName]];
  if (row.family === 'chen' || own.family === 'chen') return name === model.variant;
  return Object.entries(row.sets).every(([key, value]) => model[key] === value);
}
