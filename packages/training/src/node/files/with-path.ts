/** Adds the path to a system error if Node left it out, as for writes to an open file, so that messages can name it. */
export function withPath(error: unknown, path: string): unknown {
  if (error instanceof Error && 'code' in error && !('path' in error)) Object.assign(error, { path });
  return error;
}
