import * as z from 'zod/mini';
import { BACKEND_NAMES } from '@cmcgan/backends';
import { flagOf } from './flags';
import { isNullable, isOption, NONE } from './option-path';
import { PRESETS } from './presets';
import { trainerOptionsSchema } from './trainer-options';

type JsonSchema = z.core.JSONSchema.JSONSchema;

/** Allowed names of the options that the options' own schema does not check. */
const NAMES: Readonly<Record<string, readonly string[]>> = { preset: Object.keys(PRESETS), backend: BACKEND_NAMES };

/** Describes the option at a path; undefined if there is no description. */
type Describe = (path: string) => string | undefined;

/** The schema of an option in a config file: with its description, and with 'none' for null, which TOML lacks. */
function optionSchema(path: string, { default: _, ...schema }: JsonSchema, describe: Describe): JsonSchema {
  if (schema.properties) return sliceSchema(path, schema, describe);
  const description = describe(path) ?? flagOf(path)?.help;
  const named = NAMES[path] ? { ...schema, enum: [...NAMES[path]] } : schema;
  const nullable =
    isOption(path) && isNullable(path) && named.anyOf ? { ...named, anyOf: [...named.anyOf, { const: NONE }] } : named;
  return { ...(description === undefined ? {} : { description }), ...nullable };
}

/** The schema of a slice: any of its options, and nothing else. */
function sliceSchema(path: string, { properties = {} }: JsonSchema, describe: Describe): JsonSchema {
  const prefix = path === '' ? '' : `${path}.`;
  const described = Object.entries(properties).map(([key, schema]) => [
    key,
    optionSchema(`${prefix}${key}`, schema as JsonSchema, describe),
  ]);
  return { type: 'object', properties: Object.fromEntries(described) as JsonSchema['properties'], additionalProperties: false };
}

/** Drops the maximum that every whole number has: the largest safe integer. */
function dropTrivialLimits({ jsonSchema }: { jsonSchema: JsonSchema }): void {
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
}

/**
 * The JSON Schema of a config file, for editors: every option, none of them required, nothing else allowed.
 *
 * @param describe describes the option at a path; if it returns undefined, the help text of its flag is used
 */
export function configSchema(describe: Describe): JsonSchema {
  const schema = z.toJSONSchema(trainerOptionsSchema, { io: 'input', override: dropTrivialLimits });
  const { type, properties, additionalProperties } = sliceSchema('', schema, describe);
  return {
    $schema: schema.$schema,
    title: 'Options of the CMCGAN trainer',
    description: "A file for --config, in TOML or JSON. Options that are left out have the preset's values.",
    type,
    properties: { $schema: { type: 'string' }, ...properties },
    additionalProperties,
  };
}
