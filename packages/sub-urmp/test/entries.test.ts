import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

/** The contents of an entry's bundle: the folders of our sources, and what it imports from elsewhere. */
async function contentsOf(entry: string): Promise<{ folders: string[]; imports: string[] }> {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: [entry],
    bundle: true,
    format: 'esm',
    platform: 'node',
    packages: 'external',
    tsconfigRaw: {}, // the workspace's paths would bundle other packages' sources
    metafile: true,
    write: false,
    outdir: 'unwritten',
  });
  const outputs = Object.values(metafile.outputs);
  const used = outputs.flatMap(({ inputs }) => Object.entries(inputs).filter(([, { bytesInOutput }]) => bytesInOutput > 0));
  const folders = used.map(([path]) => /^src\/(\w+)\//.exec(path)?.[1]).filter((folder) => folder !== undefined);
  const imports = outputs.flatMap(({ imports }) => imports.map(({ path }) => path));
  return { folders: [...new Set(folders)].sort(), imports: [...new Set(imports)].sort() };
}

it('the main entry loads neither the simulator nor what prepares recordings, and starts no program', async () => {
  const { folders, imports } = await contentsOf('src/index.ts');
  expect(folders).toEqual(['reading']);
  const packages = imports.filter((path) => !path.startsWith('node:'));
  expect(packages).toEqual(['@cmcgan/audio-features', '@cmcgan/image-io', '@cmcgan/random']);
  expect(imports).toContain('node:worker_threads'); // the threads that read
  expect(imports).not.toContain('node:child_process'); // ffmpeg
});

it('the simulator does not prepare recordings, and preparing does not simulate', async () => {
  const [simulator, prepare] = [await contentsOf('src/simulator/index.ts'), await contentsOf('src/prepare/index.ts')];
  expect(simulator.folders).toEqual(['reading', 'simulator']);
  expect(simulator.imports).not.toContain('node:child_process');
  expect(prepare.folders).toEqual(['prepare', 'reading']);
  expect(prepare.imports).toContain('node:child_process');
});
