import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { beforeEach, afterEach, describe, expect, it } from 'vitest';

interface Stamps {
  unbuilt(options: { types: boolean }): { name: string }[];
  write(options: { types: boolean }): void;
}
const { buildStamps } = (await import(new URL('../../scripts/build-stamps.mjs', import.meta.url).href)) as {
  buildStamps(root: string, name?: string): Stamps;
};

let root: string;
const write = (path: string, text: string) => {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
};

/** A workspace in which `app` depends on `base`, and `other` on nothing. */
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'stamps-'));
  for (const file of ['tsconfig.base.json', 'tsup.base.ts', 'pnpm-lock.yaml']) write(file, '');
  write('pnpm-workspace.yaml', 'packages:\n  - packages/*\n  - app\nautoInstallPeers: false\n');
  const manifest = (name: string, dependencies: object) => JSON.stringify({ name, dependencies });
  write('packages/base/package.json', manifest('@scope/base', { 'from-npm': '1.0.0' }));
  write('packages/other/package.json', manifest('@scope/other', {}));
  write('app/package.json', manifest('app', { '@scope/base': 'workspace:^' }));
  for (const folder of ['packages/base', 'packages/other', 'app']) {
    write(`${folder}/src/index.ts`, 'source');
    write(`${folder}/dist/index.js`, 'built');
  }
});
afterEach(() => rmSync(root, { recursive: true }));

const unbuilt = (name?: string, types = false) =>
  buildStamps(root, name)
    .unbuilt({ types })
    .map((each) => each.name);
const isBuilt = (name?: string, types = false) => unbuilt(name, types).length === 0;

describe('buildStamps', () => {
  it('nothing counts as built before it is recorded', () => {
    expect(isBuilt('app')).toBe(false);
    buildStamps(root, 'app').write({ types: false });
    expect([isBuilt('app'), isBuilt('@scope/base'), isBuilt('@scope/other'), isBuilt()]).toEqual([true, true, false, false]);
  });

  it.each(['app/src/index.ts', 'packages/base/src/new.ts', 'packages/base/dist/index.js', 'app/package.json', 'pnpm-lock.yaml'])(
    'a change of %s asks for a build',
    (path) => {
      buildStamps(root, 'app').write({ types: false });
      write(path, path.endsWith('package.json') ? '{"name":"app","version":"1.0.0"}' : 'changed');
      expect(isBuilt('app')).toBe(false);
    },
  );

  it.each([
    'app/src/index.test.ts',
    'app/README.md',
    'app/test/fixture.json',
    'app/out/picture.png',
    'packages/other/src/index.ts',
  ])('a change of %s does not', (path) => {
    buildStamps(root, 'app').write({ types: false });
    write(path, 'changed');
    expect(isBuilt('app')).toBe(true);
  });

  it('a build with declarations also serves where none are needed, but not the other way round', () => {
    buildStamps(root, 'app').write({ types: false });
    expect([isBuilt('app', false), isBuilt('app', true)]).toEqual([true, false]);
    buildStamps(root, 'app').write({ types: true });
    expect([isBuilt('app', false), isBuilt('app', true)]).toEqual([true, true]);
  });

  it('only what changed, and what depends on it, is unbuilt, dependencies first; the rest keeps its declarations', () => {
    buildStamps(root).write({ types: true });
    write('packages/other/src/index.ts', 'changed');
    expect(unbuilt()).toEqual(['@scope/other']);
    write('packages/base/src/index.ts', 'changed');
    expect(unbuilt('app')).toEqual(['@scope/base', 'app']);
    buildStamps(root, '@scope/other').write({ types: false });
    buildStamps(root, 'app').write({ types: true });
    buildStamps(root).write({ types: false });
    expect(unbuilt(undefined, true)).toEqual(['@scope/other']);
  });

  it('a reverted source with the build of another version needs a build', () => {
    buildStamps(root, 'app').write({ types: false });
    write('app/dist/index.js', 'built from something else');
    expect(isBuilt('app')).toBe(false);
  });
});
