import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../temporary-folder';

interface Package {
  readonly name: string;
  readonly folder: string;
  readonly dependencies: readonly string[];
}
const { buildDeclarations } = (await import(new URL('../../scripts/build-declarations.mjs', import.meta.url).href)) as {
  buildDeclarations(root: string, packages: readonly Package[]): Promise<void>;
};

const root = temporaryFolder('build-declarations');
writeFileSync(
  join(root, 'tsconfig.json'),
  JSON.stringify({ compilerOptions: { strict: true, module: 'ESNext', moduleResolution: 'Bundler', types: [], noEmit: true } }),
);

/** Makes a package in a workspace of its own. */
function packageOf(name: string, { files = {}, exports = {}, dependencies = [] as readonly string[] }): Package {
  const folder = join(root, name);
  for (const [file, text] of Object.entries<string>(files)) {
    mkdirSync(dirname(join(folder, 'src', file)), { recursive: true });
    writeFileSync(join(folder, 'src', file), text);
  }
  for (const each of dependencies) {
    mkdirSync(join(folder, 'node_modules'), { recursive: true });
    symlinkSync(join(root, each), join(folder, 'node_modules', each));
  }
  const named = Object.fromEntries(dependencies.map((each) => [each, 'workspace:^']));
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name, exports, dependencies: named }));
  return { name, folder, dependencies };
}
const both = (entry: string) => ({
  import: { types: `./dist/${entry}.d.ts`, default: `./dist/${entry}.js` },
  require: { types: `./dist/${entry}.d.cts`, default: `./dist/${entry}.cjs` },
});
const read = ({ folder }: Package, file: string) => readFileSync(join(folder, 'dist', file), 'utf8');

it('declares every entry for ESM and CommonJS, from the declarations of the packages below', async () => {
  const base = packageOf('base', {
    files: {
      'index.ts': 'export interface Pair { readonly image: string }\nexport const first = { image: "a" } satisfies Pair;',
    },
    exports: { '.': both('index') },
  });
  const above = packageOf('above', {
    files: {
      'index.ts':
        'import { first, type Pair } from "base";\n/** Two of them. */\nexport const pairs = (): Pair[] => [first, first];',
      'node/index.ts': 'import { pairs } from "../index";\nexport const count = pairs().length;',
      'page.ts': 'export const title = "page";',
    },
    exports: { '.': both('index'), './node': both('node'), './page': { types: './dist/page.d.ts', default: './dist/page.js' } },
    dependencies: ['base'],
  });
  await buildDeclarations(root, [above, base]);
  expect(read(base, 'index.d.ts')).toContain('readonly image: string');
  for (const ending of ['.d.ts', '.d.cts']) {
    expect(read(above, `index${ending}`)).toMatch(
      /import \{ Pair \} from 'base';\n\n\/\*\* Two of them. \*\/\ndeclare const pairs: \(\) => Pair\[\]/,
    );
    expect(read(above, `node${ending}`)).toContain('declare const count: number');
  }
  expect(read(above, 'page.d.ts')).toContain('declare const title = "page"');
  expect(existsSync(join(above.folder, 'dist', 'page.d.cts'))).toBe(false);
});

it('names the sources that an entry may have, if it has none', async () => {
  const empty = packageOf('empty', { files: { 'other.ts': 'export const other = 1;' }, exports: { '.': both('index') } });
  await expect(buildDeclarations(root, [empty])).rejects.toThrow(
    `${empty.folder}: exports index, so that one of ${join(empty.folder, 'src/index.ts')} and ${join(empty.folder, 'src/index/index.ts')} must exist`,
  );
});

it('names a dependency whose declarations were not made', async () => {
  packageOf('bare', { files: { 'index.ts': 'export const one = 1;' }, exports: { '.': both('index') } });
  const user = packageOf('user', {
    files: { 'index.ts': 'import { one } from "bare";\nexport const two = one + one;' },
    exports: { '.': both('index') },
    dependencies: ['bare'],
  });
  await expect(buildDeclarations(root, [user])).rejects.toThrow('user: bare must have its declarations, lacks ./dist/index.d.ts');
});
