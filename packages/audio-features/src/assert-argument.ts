/** Throws `<where>: <rule>, got <value>` unless `holds`. The rule names the argument: "hopSize must be a positive integer". */
export function assertArgument(holds: boolean, where: string, rule: string, value: unknown): asserts holds {
  if (!holds) throw new RangeError(`${where}: ${rule}, got ${String(value)}`);
}

/** Throws unless an argument, given as `{ hopSize }`, is an integer of at least `least` and at most `most`. */
export function assertInteger(argument: Record<string, number>, where: string, least: number, most = Infinity): void {
  const [name, value] = Object.entries(argument)[0]!;
  const open = least === 1 ? 'a positive integer' : `an integer of at least ${least}`;
  const rule = most < Infinity ? `an integer in ${least}..${most}` : open;
  assertArgument(Number.isInteger(value) && value >= least && value <= most, where, `${name} must be ${rule}`, value);
}

/** Throws unless an argument, given as `{ padMode }`, is one of the values. */
export function assertOneOf(argument: Record<string, unknown>, where: string, values: readonly unknown[]): void {
  const [name, value] = Object.entries(argument)[0]!;
  assertArgument(values.includes(value), where, `${name} must be ${values.join(values.length > 2 ? ', ' : ' or ')}`, value);
}

/** Throws unless every sample is finite; the error names the first that is not. */
export function assertFiniteSamples(samples: ArrayLike<number>, where: string): void {
  let at = 0;
  while (at < samples.length && Number.isFinite(samples[at])) at++;
  assertArgument(at === samples.length, where, 'samples must be finite numbers', `${samples[at]} at sample ${at}`);
}
