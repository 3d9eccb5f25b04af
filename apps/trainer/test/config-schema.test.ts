import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { describe, expect, it } from 'vitest';
import { configSchema } from '../src/options/config-schema';
import { OPTION_PATHS } from '../src/options/option-path';
import { optionDocstrings } from './option-docstrings';

const SCHEMA = fileURLToPath(new URL('../config.schema.json', import.meta.url));

interface Schema {
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: boolean;
  readonly description?: string;
  readonly anyOf?: readonly unknown[];
}

/** The options of a schema by their paths. */
function optionsOf({ properties = {} }: Schema, prefix = ''): [path: string, option: Schema][] {
  return Object.entries(properties).flatMap(([key, inner]): [string, Schema][] =>
    inner.properties ? optionsOf(inner, `${prefix}${key}.`) : [[`${prefix}${key}`, inner]],
  );
}

describe('config.schema.json', () => {
  const docstrings = optionDocstrings();
  const schema = configSchema((path) => docstrings.get(path)) as Schema;
  const options = new Map(optionsOf(schema));

  it('matches the options (after changing them: npx vitest run apps/trainer/test/config-schema.test.ts -u)', async () => {
    const text = await format(JSON.stringify(schema), { ...(await resolveConfig(SCHEMA)), parser: 'json' });
    await expect(text).toMatchFileSnapshot(SCHEMA);
  });

  it('has every option, and nothing else', () => {
    expect([...options.keys()]).toEqual(['$schema', ...OPTION_PATHS]);
    const { step, optimizers } = schema.properties!;
    for (const slice of [schema, step, optimizers.properties!.generator]) expect(slice.additionalProperties).toBe(false);
  });

  it('says something about every option', () => {
    expect(OPTION_PATHS.filter((path) => !options.get(path)?.description)).toEqual([]);
  });

  it("allows 'none' for an option that may be null, as TOML has no null", () => {
    const [maxMinutes, gradientClip, epochs] = ['maxMinutes', 'step.gradientClip', 'epochs'].map((path) => options.get(path)!);
    for (const option of [maxMinutes, gradientClip]) {
      expect(option.anyOf).toContainEqual({ const: 'none' });
      expect(option.anyOf).toContainEqual({ type: 'null' });
    }
    expect(epochs.anyOf).toBeUndefined();
  });
});
