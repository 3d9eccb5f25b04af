import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BACKENDS, startBackend } from './start-backend';
import { nativeAvailability, nativeBackend } from './native-tensorflow';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'backends-'))));
afterEach(() => rmSync(folder, { recursive: true }));

/** A package as it is on the disk after an install that ran no scripts; with its library after one that did. */
function installNative(packageName: string, withLibrary: boolean): string {
  const home = join(folder, 'node_modules', packageName);
  mkdirSync(join(home, 'lib', 'napi-v8'), { recursive: true });
  writeFileSync(join(home, 'package.json'), JSON.stringify({ name: packageName, version: '4.22.0' }));
  if (withLibrary) writeFileSync(join(home, 'lib', 'napi-v8', 'tfjs_binding.node'), '');
  return home;
}

describe('nativeAvailability', () => {
  const from = () => join(folder, 'any.js');

  it('names the command that installs a missing package', () => {
    expect(nativeAvailability('@tensorflow/tfjs-node', from())).toEqual({
      available: false,
      reason: '@tensorflow/tfjs-node is not installed',
      remedy: 'install it with: npx pnpm --filter trainer add @tensorflow/tfjs-node@4.22.0',
    });
  });

  it('names the command that downloads a missing library', () => {
    const home = installNative('@tensorflow/tfjs-node-gpu', false);
    const availability = nativeAvailability('@tensorflow/tfjs-node-gpu', from());
    expect(availability).toMatchObject({ available: false, remedy: `download it with: npm --prefix ${home} run install` });
  });

  it('is content with package and library', () => {
    installNative('@tensorflow/tfjs-node', true);
    expect(nativeAvailability('@tensorflow/tfjs-node', from()).available).toBe(true);
  });
});

describe('nativeBackend', () => {
  it('loads one native package in a process, and not another after it', async () => {
    const backend = (packageName: string) =>
      nativeBackend({ name: packageName, summary: '', packageName, load: () => Promise.reject(new Error('loaded')) });
    await expect(backend('one').start({ threads: null })).rejects.toThrow('loaded');
    await expect(backend('two').start({ threads: null })).rejects.toThrow('a process must load one native TensorFlow, got two');
  });

  it('gives back what newer Nodes have taken away before it loads', async () => {
    const { default: util } = await import('node:util');
    const load = () => Promise.reject(new Error(`restored: ${'isNullOrUndefined' in util}`));
    const options = { name: 'one', summary: '', packageName: 'one', load };
    await expect(nativeBackend(options).start({ threads: null })).rejects.toThrow('restored: true');
  });
});

describe('startBackend', () => {
  it('says in one sentence what is missing and what to do', async () => {
    const missing = [];
    for (const backend of BACKENDS) if (!(await backend.availability()).available) missing.push(backend.name);
    for (const name of missing.filter((candidate) => candidate.startsWith('tfjs-node')))
      await expect(startBackend(name, { threads: null })).rejects.toThrow(/^--backend tfjs-node.*with: np/);
    expect(BACKENDS.map(({ name }) => name)).toEqual([...new Set(BACKENDS.map(({ name }) => name))]);
  });

  it('rejects a name that is not in the table', async () => {
    await expect(startBackend('gpu', { threads: null })).rejects.toThrow('startBackend: name must be one of wasm');
  });
});
