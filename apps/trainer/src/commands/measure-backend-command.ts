import { usageError } from '@cmcgan/command-line';
import type { Typed } from './command';

/** Prints how fast a backend is as one line of JSON. `--backend auto` runs it for one backend after another. */
export async function measureBackendCommand({ flags }: Typed): Promise<number> {
  const { backend, threads } = flags;
  if (backend === undefined) throw usageError('measure-backend: --backend is missing; name the backend to measure');
  const { measureBackend } = await import('@cmcgan/backends/measure');
  const options = { threads: threads === undefined ? null : Number(threads) };
  console.log(JSON.stringify(await measureBackend(backend, options, () => performance.now())));
  return 0;
}
