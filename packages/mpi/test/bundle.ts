import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Bundles test/ranks.ts into a file that several processes can run without building first. */
export async function bundleRanks(): Promise<string> {
  const outfile = join(root, 'node_modules/.cache', `ranks-${randomUUID()}.mjs`);
  const entryPoints = [join(root, 'test/ranks.ts')];
  await build({ entryPoints, outfile, bundle: true, format: 'esm', platform: 'node', external: ['koffi'], logLevel: 'error' });
  return outfile;
}
