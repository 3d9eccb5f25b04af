import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { describe, expect, it } from 'vitest';
import { configSchema } from '../src/options/config-schema';
import { OPTION_NAMES } from '../src/options/trainer-options';

const SCHEMA = fileURLToPath(new URL('../config.schema.json', import.meta.url));
const OPTIONS = fileURLToPath(new URL('../src/options/trainer-options.ts', import.meta.url));

/** Docstrings of the options, by name. */
function optionDocstrings(): Map<string, string> {
  const source = readFileSync(OPTIONS, 'utf8');
  const docstrings = source.matchAll(/^ {2}\/\*\*\s(.+?)\s\*\/\n {2}(\w+):/gms);
  return new Map([...docstrings].map(([, text, key]) => [key!, text!.replaceAll(/\s+(\* )?/g, ' ').trim()]));
}

describe('config.schema.json', () => {
  const docstrings = optionDocstrings();
  const schema = configSchema((key) => docstrings.get(key));

  it('is what the options are (after a change of theirs: npx vitest run apps/trainer/test/config-schema.test.ts -u)', async () => {
    const text = await format(JSON.stringify(schema), { ...(await resolveConfig(SCHEMA)), parser: 'json' });
    await expect(text).toMatchFileSnapshot(SCHEMA);
  });

  it('has every option, and nothing else', () => {
    expect(Object.keys(schema.properties ?? {})).toEqual(['$schema', ...OPTION_NAMES]);
    expect(schema.additionalProperties).toBe(false);
  });

  it('says something about every option', () => {
    const silent = OPTION_NAMES.filter((key) => !(schema.properties?.[key] as { description?: string }).description);
    expect(silent).toEqual([]);
  });

  it('lets null be written where an option may be null, as TOML has none', () => {
    const { maxMinutes, epochs } = schema.properties as Record<string, { anyOf?: unknown[] }>;
    expect(maxMinutes.anyOf).toContainEqual({ const: 'none' });
    expect(maxMinutes.anyOf).toContainEqual({ type: 'null' });
    expect(epochs.anyOf).toBeUndefined();
  });
});
