import { z } from 'zod';
import { BACKEND_NAMES } from '@cmcgan/backends';
import { FLAGS } from './flags';
import { PRESETS } from './presets';
import { isNullable, isOption, NONE, trainerOptionsSchema } from './trainer-options';

type JsonSchema = z.core.JSONSchema.JSONSchema;

/** Options whose values are names that the options' own schema leaves to others to check. */
const NAMES: Readonly<Record<string, readonly string[]>> = { preset: Object.keys(PRESETS), backend: BACKEND_NAMES };

/** An option in a config file: described, and with a way to write null where there is none. */
function optionSchema(key: string, schema: JsonSchema, description: string | undefined): JsonSchema {
  const named = NAMES[key] ? { ...schema, enum: [...NAMES[key]] } : schema;
  const nullable =
    isOption(key) && isNullable(key) && named.anyOf ? { ...named, anyOf: [...named.anyOf, { const: NONE }] } : named;
  return { ...(description === undefined ? {} : { description }), ...nullable };
}

/** Every whole number is at most the largest that a number can hold: no news. */
function dropTrivialLimits({ jsonSchema }: { jsonSchema: JsonSchema }): void {
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
}

/**
 * The JSON Schema of a config file, for editors: every option, none of them required, nothing else allowed.
 * @param describe what there is to say about an option; left out, its flag's help
 */
export function configSchema(describe: (key: string) => string | undefined): JsonSchema {
  const { properties = {}, ...schema } = z.toJSONSchema(trainerOptionsSchema, { io: 'input', override: dropTrivialLimits });
  const described = Object.entries(properties).map(([key, option]) => {
    const description = describe(key) ?? FLAGS.find((flag) => flag.key === key)?.help;
    return [key, optionSchema(key, option as JsonSchema, description)] as const;
  });
  return {
    $schema: schema.$schema,
    title: 'Options of the CMCGAN trainer',
    description: 'A file for --config, in TOML or JSON. What it leaves out is as the preset has it.',
    type: 'object',
    properties: { $schema: { type: 'string' }, ...Object.fromEntries(described) },
    additionalProperties: false,
  };
}
