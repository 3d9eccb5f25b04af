/**
 * Does `work` for every item in order, at most `limit` at a time. After a failure no other is begun; those under way are waited for, then
 * the first error is thrown.
 */
export async function forEachAtMost<T>(limit: number, items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const waiting = [...items];
  const errors: unknown[] = [];
  const worker = async () => {
    while (waiting.length > 0 && errors.length === 0) {
      await work(waiting.shift()!).catch((error: unknown) => errors.push(error));
    }
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker));
  if (errors.length > 0) throw errors[0];
}
