// Determines whether packages are built, without writing: each package has a stamp with hashes of its build's inputs and
// outputs. So a checkout built by one user can be run by another who may only read it.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';

/** Inputs of every build. */
const SHARED_INPUTS = ['tsconfig.base.json', 'tsup.base.ts', 'pnpm-lock.yaml'];
/** Inputs of no build, as also listed in .gitignore; `out` is where examples write. */
const NOT_BUILT = /^(node_modules|dist|out|test|README\.md|.*\.test\.ts)$/;

function filesIn(folder, isIncluded) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => isIncluded(name))
    .flatMap((entry) => (entry.isDirectory() ? filesIn(join(folder, entry.name), isIncluded) : [join(folder, entry.name)]))
    .sort();
}

function hashOf(root, files, more = []) {
  const hash = createHash('sha256');
  for (const file of files) {
    const bytes = readFileSync(file);
    hash.update(`${relative(root, file)}\0${bytes.length}\0`).update(bytes);
  }
  return hash.update(more.join()).digest('hex');
}

/** The workspace's packages by name: their folders, and the workspace packages that they depend on. */
function workspacePackages(root) {
  const patterns = [...readFileSync(join(root, 'pnpm-workspace.yaml'), 'utf8').matchAll(/^ {2}- (.+)$/gm)].map(
    ([, each]) => each,
  );
  const folders = patterns.flatMap((pattern) => {
    if (basename(pattern) !== '*') return [join(root, pattern)];
    const parent = join(root, dirname(pattern));
    return readdirSync(parent).map((name) => join(parent, name));
  });
  const packages = new Map();
  for (const folder of folders.filter((each) => existsSync(join(each, 'package.json')))) {
    const { name, ...manifest } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const named = { ...manifest.devDependencies, ...manifest.peerDependencies, ...manifest.dependencies };
    packages.set(name, {
      folder,
      dependencies: Object.keys(named)
        .filter((each) => named[each].startsWith('workspace:'))
        .sort(),
    });
  }
  return packages;
}

/**
 * The stamps of one package and all its dependencies, or of the whole workspace if no name is given. `unbuilt` tells what is not
 * built as requested; `write` is called after a build.
 */
export function buildStamps(root, name) {
  const packages = workspacePackages(root);
  const shared = hashOf(
    root,
    SHARED_INPUTS.map((file) => join(root, file)),
  );
  const inputs = new Map();

  function visit(each) {
    if (inputs.has(each)) return inputs.get(each);
    const { folder, dependencies } = packages.get(each);
    const files = filesIn(folder, (file) => !NOT_BUILT.test(file));
    inputs.set(each, hashOf(root, files, [shared, ...dependencies.map(visit)]));
    return inputs.get(each);
  }

  const stampFile = (each) => join(root, 'node_modules', '.cmcgan-built', `${each.replace('/', '+')}.json`);
  const outputs = (each) =>
    hashOf(
      root,
      filesIn(join(packages.get(each).folder, 'dist'), () => true),
    );
  const measure = () => {
    inputs.clear();
    for (const each of name ? [name] : packages.keys()) visit(each);
    return [...inputs].map(([each, input]) => [each, { input, output: outputs(each) }]);
  };

  function isBuilt(each, { input, output, types }) {
    if (!existsSync(stampFile(each))) return false;
    const stamp = JSON.parse(readFileSync(stampFile(each), 'utf8'));
    return stamp.input === input && stamp.output === output && (stamp.types || !types);
  }

  return {
    /** The packages that are not built from their current sources, or with `types` not with declarations: names, folders and dependencies. */
    unbuilt: ({ types }) =>
      measure()
        .filter(([each, stamp]) => !isBuilt(each, { ...stamp, types }))
        .map(([each]) => ({ name: each, ...packages.get(each) })),
    /** Records that every package is built now, with or without declarations; those that had theirs before and are as they were keep them. */
    write({ types }) {
      mkdirSync(join(root, 'node_modules', '.cmcgan-built'), { recursive: true });
      for (const [each, stamp] of measure()) {
        const kept = isBuilt(each, { ...stamp, types: true });
        writeFileSync(stampFile(each), JSON.stringify({ ...stamp, types: types || kept }));
      }
    },
  };
}
