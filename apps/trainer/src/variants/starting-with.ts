/** The entries whose names start with `prefix`. */
export function startingWith<T>(named: Readonly<Record<string, T>>, prefix: string): Record<string, T> {
  return Object.fromEntries(Object.entries(named).filter(([name]) => name.startsWith(prefix)));
}
