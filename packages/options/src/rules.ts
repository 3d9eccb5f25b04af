import * as z from 'zod/mini';

/** A whole number of at least `minimum`. */
export function wholeNumber(minimum: number) {
  const error = `must be a whole number of at least ${minimum}`;
  return z.int({ error }).check(z.gte(minimum, { error }));
}

/** A finite number above 0; `error` is the rule for messages. */
export function positive(error = 'must be positive') {
  return z.number({ error }).check(z.gt(0, { error }));
}

/** A finite number of at least `minimum`, and below `below` if given. */
export function numberFrom(minimum: number, below?: number) {
  const error = `must be a number of at least ${minimum}${below === undefined ? '' : ` and below ${below}`}`;
  const checks = [z.gte(minimum, { error }), ...(below === undefined ? [] : [z.lt(below, { error })])];
  return z.number({ error }).check(...checks);
}

/** One of some names or numbers. */
export function oneOf<const Value extends string | number>(values: readonly Value[]): z.ZodMiniLiteral<Value> {
  return z.literal([...values], { error: `must be one of ${values.join(', ')}` });
}

/** A string, such as a path. */
export function text() {
  return z.string({ error: 'must be a string' });
}

/** How initial weights are drawn: their standard deviation, or 'he' for √(2 / fan-in). */
export function deviationOrHe() {
  const error = "must be positive or 'he'";
  return z.union([z.literal('he'), positive(error)], { error });
}

/** A rule with a default value. */
export function withDefault<Rule extends z.ZodMiniType>(rule: Rule, value: z.output<Rule>): z.ZodMiniDefault<Rule> {
  return z._default(rule, value as Parameters<typeof z._default<Rule>>[1]);
}
