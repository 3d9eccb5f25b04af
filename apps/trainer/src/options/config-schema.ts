import * as z from 'zod/mini';
import { BACKEND_NAMES } from '@cmcgan/backends';
import { flagOf } from './flags';
import { isNullable, isOption, NONE } from './option-path';
import { PRESETS } from './presets';
import { trainerOptionsSchema } from './trainer-options';

type JsonSchema = z.core.JSONSchema.JSONSchema;

/** Options whose values are names that the options' own schema leaves to others to check. */
const NAMES: Readonly<Record<string, readonly string[]>> = { preset: Object.keys(PRESETS), backend: BACKEND_NAMES };

/** What is known of the options beside their rules. */
type Describe = (path: string) => string | undefined;

/** An option in a config file: described, and with a way to write null where there is none. */
function optionSchema(path: string, { default: _, ...schema }: JsonSchema, describe: Describe): JsonSchema {
  if (schema.properties) return sliceSchema(path, schema, describe);
  const description = describe(path) ?? flagOf(path)?.help;
  const named = NAMES[path] ? { ...schema, enum: [...NAMES[path]] } : schema;
  const nullable =
    isOption(path) && isNullable(path) && named.anyOf ? { ...named, anyOf: [...named.anyOf, { const: NONE }] } : named;
  return { ...(description === undefined ? {} : { description }), ...nullable };
}

/** A slice: any of its options, and nothing else. */
function sliceSchema(path: string, { properties = {} }: JsonSchema, describe: Describe): JsonSchema {
  const prefix = path === '' ? '' : `${path}.`;
  const described = Object.entries(properties).map(([key, schema]) => [
    key,
    optionSchema(`${prefix}${key}`, schema as JsonSchema, describe),
  ]);
  return { type: 'object', properties: Object.fromEntries(described) as JsonSchema['properties'], additionalProperties: false };
}

/** Every whole number is at most the largest that a number can hold: no news. */
function dropTrivialLimits({ jsonSchema }: { jsonSchema: JsonSchema }): void {
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
}

/**
 * The JSON Schema of a config file, for editors: every option, none of them required, nothing else allowed.
 *
 * @param describe what there is to say about the option at a path; where it says nothing, its flag's help is taken
 */
export function configSchema(describe: Describe): JsonSchema {
  const schema = z.toJSONSchema(trainerOptionsSchema, { io: 'input', override: dropTrivialLimits });
  const { type, properties, additionalProperties } = sliceSchema('', schema, describe);
  return {
    $schema: schema.$schema,
    title: 'Options of the CMCGAN trainer',
    description: 'A file for --config, in TOML or JSON. What it leaves out is as the preset has it.',
    type,
    properties: { $schema: { type: 'string' }, ...properties },
    additionalProperties,
  };
}
