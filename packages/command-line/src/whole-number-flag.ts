import { usageError } from './user-error';

/** Parses the value of a flag that must be a whole number. @throws a usage error that names the flag */
export function wholeNumberFlag(
  text: string | undefined,
  { name, fallback, minimum }: { name: string; fallback: number; minimum: number },
): number {
  if (text === undefined) return fallback;
  const value = text.trim() === '' ? NaN : Number(text);
  if (Number.isSafeInteger(value) && value >= minimum) return value;
  throw usageError(`--${name} must be a whole number of at least ${minimum}, got ${text}`);
}
