import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../temporary-folder';

interface Package {
  readonly name: string;
  readonly folder: string;
  readonly dependencies: readonly string[];
}
const { buildPackages } = (await import(new URL('../../scripts/build-packages.mjs', import.meta.url).href)) as {
  buildPackages(root: string, packages: readonly Package[], env: NodeJS.ProcessEnv): Promise<void>;
};

const root = temporaryFolder('build-packages');

/** Makes a package whose scripts write into a log that all share. */
function packageOf(name: string, dependencies: readonly string[], scripts: Record<string, string> = {}): Package {
  const folder = join(root, name);
  mkdirSync(folder);
  const log = (text: string) => `node -e "require('fs').appendFileSync('../log', '${text} ')"`;
  const manifest = { name, scripts: { generate: log(`generate-${name}`), build: log(`build-${name}`), ...scripts } };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
  return { name, folder, dependencies };
}
const logged = () => readFileSync(join(root, 'log'), 'utf8').trim().split(' ');

it('builds each package after those that it depends on, and generates before it builds', async () => {
  const packages = [packageOf('app', ['middle', 'built-before']), packageOf('middle', ['base']), packageOf('base', [])];
  await buildPackages(root, packages, process.env);
  expect(logged()).toEqual(['base', 'middle', 'app'].flatMap((name) => [`generate-${name}`, `build-${name}`]));
});

it('reports what a failed build printed, and builds nothing that depends on it', async () => {
  const broken = packageOf('broken', [], { build: `node -e "console.error('no such module'); process.exit(1)"` });
  const after = packageOf('after', ['broken']);
  await expect(buildPackages(root, [after, broken], process.env)).rejects.toThrow(/^broken: node -e [^]* failed\nno such module/);
  expect(logged().at(-1)).toBe('generate-broken');
});

it('names packages that depend on each other', async () => {
  const packages = [packageOf('one', ['two']), packageOf('two', ['one'])];
  await expect(buildPackages(root, packages, process.env)).rejects.toThrow('one, two depend on each other');
});
