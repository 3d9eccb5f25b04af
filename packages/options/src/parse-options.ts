import * as z from 'zod/mini';

/** A problem with an option. */
type Issue = z.core.$ZodIssue;

const isUnknownKey = (issue: Issue): issue is z.core.$ZodIssueUnrecognizedKeys => issue.code === 'unrecognized_keys';

/** The value at the path of an issue. */
const valueAt = (options: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce((inner, key) => (inner as Record<PropertyKey, unknown> | null | undefined)?.[key], options);

/** The names of the options at a path of the schema. */
function namesAt(schema: z.core.$ZodType, path: readonly PropertyKey[]): string[] {
  const { def } = schema._zod;
  if ('innerType' in def) return namesAt(def.innerType as z.core.$ZodType, path);
  const { shape = {} } = def as Partial<z.core.$ZodObjectDef>;
  const [first, ...rest] = path.map(String);
  return first === undefined ? Object.keys(shape) : namesAt(shape[first], rest);
}

const shown = (value: unknown) => (typeof value === 'number' ? String(value) : (JSON.stringify(value) ?? String(value)));

/** Describes an unknown option if there is one, else the first issue. */
function describe(issues: readonly Issue[], options: unknown, schema: z.core.$ZodType): string {
  const unknown = issues.find(isUnknownKey);
  if (unknown === undefined) {
    const [{ path, message }] = issues;
    return `${path.length === 0 ? 'options' : path.join('.')} ${message}, got ${shown(valueAt(options, path))}`;
  }
  const { path, keys } = unknown;
  return `options must be among ${namesAt(schema, path).join(', ')}, got ${[...path, keys[0]].join('.')}`;
}

/**
 * Checks options and fills in defaults.
 *
 * @param functionName name of the function that received the options, with which errors begin
 * @throws Error `<functionName>: <option> must <rule>, got <value>` for an option that is unknown or breaks its rule
 */
export function parseOptions<Schema extends z.ZodMiniType>(
  functionName: string,
  schema: Schema,
  options: unknown,
): z.output<Schema> {
  const result = z.safeParse(schema, options);
  if (result.success) return result.data;
  throw new Error(`${functionName}: ${describe(result.error.issues, options, schema)}`);
}
