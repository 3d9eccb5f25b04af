/** Gives a system error the path that it was about, where Node leaves it out (writes to an open file), so that people are told. */
export function withPath(error: unknown, path: string): unknown {
  if (error instanceof Error && 'code' in error && !('path' in error)) Object.assign(error, { path });
  return error;
}
