import { join } from 'node:path';
import { readFile } from 'node:fs/promises';
import type { ChenConfig, CmcganConfig } from '@cmcgan/model';
import { describeError, usageError } from '@cmcgan/command-line';
import { VARIANTS, type Variant, type VariantName } from '../variants/variants';
import { wordOf } from './flags';
import type { OptionLayer } from './option-layer';
import { flatten, isOption, type OptionValues } from './option-path';
import { PAPER_OPTIONS } from './presets';
import { REMEDIES } from './remedies';

/** The options that describe a model's networks, by their paths, and its variant. */
function optionsOf(architecture: string, config: CmcganConfig | ChenConfig): OptionValues {
  const described = flatten({ model: config });
  const networks = Object.fromEntries(Object.entries(described).filter(([path]) => isOption(path)));
  if (architecture !== 'chen') return { ...networks, variant: variantOf(networks) };
  const { from, feature, discriminator: conditional } = config as ChenConfig;
  return { ...networks, 'model.statistics': conditional.statistics, variant: baselineOf({ from, feature }) };
}

const variants = Object.entries(VARIANTS) as [VariantName, Variant][];

function baselineOf({ from, feature }: Pick<ChenConfig, 'from' | 'feature'>): VariantName | undefined {
  return variants.find(([, row]) => row.family === 'chen' && row.networks.from === from && row.networks.feature === feature)?.[0];
}

/** The matching variant that sets the most options that differ from the paper's CMCGAN. */
function variantOf(options: OptionValues): VariantName {
  const differing = (sets: object) =>
    Object.entries(sets).filter(([path, value]) => (PAPER_OPTIONS as OptionValues)[path] !== value);
  const fitting = variants.filter(
    ([, { family, sets }]) => family === 'cmcgan' && Object.entries(sets).every(([path, value]) => options[path] === value),
  );
  const ranked = fitting.map(([name, { sets }]) => ({ name, says: differing(sets).length }));
  return ranked.reduce((best, row) => (row.says > best.says ? row : best)).name;
}

/** The networks of the model that --init-from names, as options. Throws a usage error if there is no model. */
export async function readInitialModel(path: string): Promise<OptionLayer> {
  const { resolveChenConfig, resolveConfig } = await import('@cmcgan/model'); // slow to load: only if needed
  const { findCheckpoint } = await import('@cmcgan/model/node');
  try {
    const { folder } = await findCheckpoint(path);
    const text = await readFile(join(folder, 'config.json'), 'utf8');
    const { architecture = 'cmcgan', ...config } = JSON.parse(text) as { architecture?: string };
    const resolved = architecture === 'chen' ? resolveChenConfig(config as ChenConfig) : resolveConfig(config);
    return {
      values: optionsOf(architecture, resolved),
      sourceOf: (path) => ({ name: `${path} of --init-from ${path}`, got: undefined }),
    };
  } catch (error) {
    throw usageError(
      `--init-from ${path} cannot be used: ${describeError(error, { ...REMEDIES, checkpoint: 'name a run folder, one of its checkpoints, or a folder with a model.safetensors' })}`,
    );
  }
}

/**
 * The given options, with the networks of the initial model.
 *
 * @throws a usage error if a given option contradicts those networks
 */
export function withInitialModel(given: OptionLayer, initial: OptionLayer): OptionLayer {
  const { variant, ...networks } = initial.values;
  for (const [path, value] of Object.entries(given.values)) {
    if (!Object.hasOwn(initial.values, path) || value === null) continue;
    const fits = path === 'variant' ? variantFits(value as VariantName, initial.values) : value === networks[path];
    if (fits) continue;
    const { name, got } = given.sourceOf(path);
    const has = path === 'variant' ? `is of the variant ${String(variant)}` : `has ${wordOf(path, networks[path])}`;
    throw usageError(
      `${name} ${String(got)} conflicts with --init-from ${String(given.values.initFrom)}, whose model ${has}; leave one of them out`,
    );
  }
  return {
    values: { variant, ...given.values, ...networks },
    sourceOf: (path) => (Object.hasOwn(given.values, path) ? given.sourceOf(path) : initial.sourceOf(path)),
  };
}

/** Whether a variant's networks are the model's. True for an unknown name, which the schema reports. */
function variantFits(name: VariantName, model: OptionValues): boolean {
  if (!Object.hasOwn(VARIANTS, name)) return true;
  const [row, own]: Variant[] = [VARIANTS[name], VARIANTS[model.variant as VariantName]];
  if (row.family === 'chen' || own.family === 'chen') return name === model.variant;
  return Object.entries(row.sets).every(([path, value]) => model[path] === value);
}
