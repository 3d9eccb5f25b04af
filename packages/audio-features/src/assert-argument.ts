/** Throws `<where>: <rule>, got <value>` unless `holds`. The rule names the argument: "hopSize must be a positive integer". */
export function assertArgument(holds: boolean, where: string, rule: string, value: unknown): asserts holds {
  if (!holds) throw new RangeError(`${where}: ${rule}, got ${String(value)}`);
}

/** Throws unless every sample is a finite number, and says which one is not. */
export function assertFiniteSamples(samples: ArrayLike<number>, where: string): void {
  for (let i = 0; i < samples.length; i++) {
    if (!Number.isFinite(samples[i]))
      throw new RangeError(`${where}: samples must be finite numbers, got ${samples[i]} at sample ${i}`);
  }
}
