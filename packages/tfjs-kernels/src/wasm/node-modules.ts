/** A built-in module of Node; undefined in a browser. Not an import, so that bundlers for browsers have nothing to resolve. */
export function nodeModule<T>(name: string): T | undefined {
  const node = (globalThis as { process?: { getBuiltinModule?: (id: string) => unknown } }).process;
  return node?.getBuiltinModule?.(name) as T | undefined;
}
