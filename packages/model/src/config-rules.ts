import type { Initialisation } from './layers/initial-values';

/** Checks of a configuration's values; each throws `<functionName>: <key> must <rule>, got <value>`. */
export interface ConfigRules {
  rule(holds: boolean, key: string, rule: string, value: unknown): void;
  positive(value: number, key: string): void;
  count(value: number, key: string, minimum: number): void;
  initialisation(value: Initialisation, key: string): void;
  /** The value of every key of `allowed` is among the values that it allows. */
  allowed(config: object, allowed: Readonly<Record<string, readonly unknown[]>>, prefix?: string): void;
  /** Every key of `config` is one of `known`. */
  knownKeys(config: object, known: object, prefix?: string): void;
}

/** The checks, speaking in the name of a function. */
export function configRules(functionName: string): ConfigRules {
  const rule: ConfigRules['rule'] = (holds, key, text, value) => {
    if (!holds) throw new Error(`${functionName}: ${key} must ${text}, got ${JSON.stringify(value)}`);
  };
  return {
    rule,
    positive: (value, key) => rule(value > 0 && Number.isFinite(value), key, 'be positive', value),
    count: (value, key, minimum) =>
      rule(Number.isInteger(value) && value >= minimum, key, `be a whole number of at least ${minimum}`, value),
    initialisation(value, key) {
      const positive = typeof value === 'number' && value > 0 && Number.isFinite(value);
      rule(value === 'he' || positive, key, "be positive or 'he'", value);
    },
    allowed(config, allowed, prefix = '') {
      for (const [key, values] of Object.entries(allowed)) {
        const value = (config as Record<string, unknown>)[key];
        rule(values.includes(value), prefix + key, `be one of ${values.join(', ')}`, value);
      }
    },
    knownKeys(config, known, prefix = '') {
      const unknown = Object.keys(config).find((key) => !(key in known));
      if (unknown === undefined) return;
      throw new Error(`${functionName}: options must be among ${Object.keys(known).join(', ')}, got ${prefix}${unknown}`);
    },
  };
}

/** The options that are given: those that are not undefined. */
export function withoutUndefined<T extends object>(options: T): Partial<T> {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as Partial<T>;
}
