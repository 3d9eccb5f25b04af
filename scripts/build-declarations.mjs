// Makes the declarations of built packages: one file per entry that a package's `exports` name, as `.d.ts` and `.d.cts`, with what its
// entries share in files of their own. All packages are done in one process, which loads TypeScript once.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathsIn, readManifest } from './manifest.mjs';

/** The endings of declarations: for ESM, and for CommonJS. */
const ENDINGS = ['.d.ts', '.d.cts'];

/** The source of an entry: that of `node` is `src/node.ts` or `src/node/index.ts`. */
function sourceOf(folder, entry) {
  const sources = [`${entry}.ts`, join(entry, 'index.ts')].map((file) => join(folder, 'src', file));
  const source = sources.find((file) => existsSync(file));
  if (!source) throw new Error(`${folder}: exports ${entry}, so that one of ${sources.join(' and ')} must exist`);
  return source;
}

/** The entries with declarations, in groups that have the same endings. */
function groupsOf({ folder, manifest }) {
  const paths = new Set(pathsIn(manifest.exports));
  const entries = [...paths]
    .filter((path) => path.endsWith('.d.ts'))
    .map((path) => path.slice('./dist/'.length, -'.d.ts'.length));
  const endingsOf = (entry) => ENDINGS.filter((ending) => paths.has(`./dist/${entry}${ending}`));
  const groups = new Map();
  for (const entry of entries) {
    const key = endingsOf(entry).join();
    groups.set(key, { endings: endingsOf(entry), input: { ...groups.get(key)?.input, [entry]: sourceOf(folder, entry) } });
  }
  return [...groups.values()];
}

/** Packages in an order in which each comes after those of them that it depends on. */
function inOrder(packages) {
  const ordered = new Set();
  const visit = (each) => {
    for (const other of packages) if (each.dependencies.includes(other.name)) visit(other);
    ordered.add(each);
  };
  packages.forEach(visit);
  return [...ordered];
}

/** Fails where a dependency lacks declarations that it names: what is imported from there would silently be of type `any`. */
function assertDeclared({ name, folder, dependencies }) {
  for (const dependency of dependencies) {
    const other = join(folder, 'node_modules', dependency);
    const declarations = pathsIn(readManifest(other).exports).filter((path) => path.endsWith('.d.ts'));
    const missing = declarations.find((path) => !existsSync(join(other, path)));
    if (missing) throw new Error(`${name}: ${dependency} must have its declarations, lacks ${missing}`);
  }
}

async function declare({ name, folder, manifest }, { rollup, dts, tsconfig }) {
  const dependencies = Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies });
  for (const { endings, input } of groupsOf({ folder, manifest })) {
    const bundle = await rollup({
      input,
      external: (id) => id.startsWith('node:') || dependencies.some((each) => id === each || id.startsWith(`${each}/`)),
      // a dependency's types are those of its declarations, which were made before: reading its sources again takes as long as its own
      plugins: [dts({ tsconfig, compilerOptions: { paths: {} } })],
      onwarn({ message }) {
        // what an entry's types are made of needs no name outside
        if (!message.includes('references private shared type exports')) throw new Error(`${name}: ${message}`);
      },
    });
    for (const ending of endings) {
      const files = { entryFileNames: `[name]${ending}`, chunkFileNames: `[name]-[hash]${ending}` };
      await bundle.write({ dir: join(folder, 'dist'), format: 'es', ...files });
    }
    await bundle.close();
  }
}

/**
 * Makes the declarations of every package whose `exports` name some; dependencies that are not among the packages have to have theirs.
 *
 * @param packages names, folders and dependencies
 * @throws what is wrong with the first package whose declarations can't be made
 */
export async function buildDeclarations(root, packages) {
  const [{ rollup }, { dts }] = await Promise.all([import('rollup'), import('rollup-plugin-dts')]);
  for (const each of inOrder(packages)) {
    assertDeclared(each);
    await declare({ ...each, manifest: readManifest(each.folder) }, { rollup, dts, tsconfig: join(root, 'tsconfig.json') });
  }
}
