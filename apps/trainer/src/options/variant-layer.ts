import { usageError } from '@cmcgan/command-line';
import { UNUSED_OPTIONS, VARIANTS, type Variant } from '../variants/variants';
import { wordOf } from './flags';
import { mergeLayers, type OptionLayer } from './option-layer';
import type { OptionValues } from './option-path';

/**
 * Adds the options that the variant sets: they override the preset's and are overridden by the given ones. An unknown variant is left to
 * the schema.
 *
 * @throws a usage error that names both if a given option conflicts with the variant
 */
export function withVariant(base: OptionLayer, given: OptionLayer): OptionLayer {
  const all = mergeLayers([base, given]);
  const name = String(all.values.variant);
  if (!Object.hasOwn(VARIANTS, name)) return all;
  const variant: Variant = VARIANTS[name as keyof typeof VARIANTS];
  const called = `${all.sourceOf('variant').name} ${name}`;
  assertNoConflict(variant, { base, given, called });
  const layer = { values: variant.sets, sourceOf: () => ({ name: called, got: name }) };
  return mergeLayers([base, layer, given]);
}

interface Written {
  base: OptionLayer;
  given: OptionLayer;
  /** The variant as it was written: '--variant lcgan'. */
  called: string;
}

function assertNoConflict({ family, sets }: Variant, { base, given, called }: Written): void {
  for (const [path, value] of Object.entries(given.values)) {
    const { name, got } = given.sourceOf(path);
    const fixed = (sets as OptionValues)[path];
    if (fixed !== undefined && fixed !== value) {
      throw usageError(
        `${name} ${String(got)} conflicts with ${called}, which sets it to ${wordOf(path, fixed)}; leave one of them out`,
      );
    }
    const unused = UNUSED_OPTIONS[family].includes(path);
    if (unused && fixed === undefined && value !== base.values[path]) {
      throw usageError(`${name} ${String(got)} conflicts with ${called}, which does not use it; leave one of them out`);
    }
  }
}
