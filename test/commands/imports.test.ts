import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** A workspace with this structure and no faults. */
const SOUND = {
  'tsconfig.json': '{ "compilerOptions": { "baseUrl": ".", "paths": { "@cmcgan/*": ["packages/*/src/index.ts"] } } }',
  'packages/random/src/index.ts': 'export interface Random { next(): number }\n',
  'packages/sub-urmp/src/index.ts': "export type { Random } from '@cmcgan/random';\n",
  'packages/model/src/index.ts': "import { zero } from './zero';\nexport const one = zero + 1;\n",
  'packages/model/src/zero.ts': 'export const zero = 0;\n',
  'packages/model/src/model.test.ts': "import type { Random } from '@cmcgan/sub-urmp';\nexport type Given = Random;\n",
  'apps/data/src/cli.ts': "export { one } from '@cmcgan/model';\n",
  'apps/trainer/src/cli.ts': 'export const trained = true;\n',
  'bench/src/bench.ts': "export { one } from '@cmcgan/model';\n",
};

function check(files: Record<string, string>): { status: number | null; output: string } {
  const folder = mkdtempSync(join(tmpdir(), 'imports-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [path, text] of Object.entries({ ...SOUND, ...files })) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const program = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const config = join(root, '.dependency-cruiser.mjs');
  const args = [program, '--config', config, '--no-progress', 'packages', 'apps', 'bench'];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
  return { status, output: stdout + stderr };
}

it('passes a workspace with valid imports: dependencies in one direction, tests unrestricted', () => {
  expect(check({})).toMatchObject({ status: 0, output: expect.stringContaining('no dependency violations found') as string });
});

it('refuses a cycle of types only', () => {
  const { status, output } = check({
    'packages/model/src/a.ts': "import type { B } from './b';\nexport interface A { b: B }\n",
    'packages/model/src/b.ts': "import type { A } from './a';\nexport interface B { a: A }\n",
  });
  expect(output).toContain('error no-import-cycles: packages/model/src/a.ts');
  expect(status).not.toBe(0);
});

it('refuses dependencies in the wrong direction, packages without a row, and imports of apps, each with its rule', () => {
  const { status, output } = check({
    'packages/losses/src/a.ts': "export type { B } from './b';\n",
    'packages/losses/src/b.ts': "export type B = import('./a').B;\n",
    'packages/model/src/c.ts': "import type { Random } from '@cmcgan/sub-urmp';\nexport type C = Random;\n",
    'packages/helpers/src/index.ts': "export { one } from '@cmcgan/model';\n",
    'apps/data/src/a.ts': "export { trained } from '../../trainer/src/cli';\n",
    'bench/src/a.ts': "export { trained } from '../../apps/trainer/src/cli';\n",
  });
  const errors = [
    'no-import-cycles: packages/losses/src/a.ts',
    'model-imports-only-what-it-may: packages/model/src/c.ts → packages/sub-urmp/src/index.ts',
    'package-has-a-row: packages/helpers/src/index.ts',
    'apps-are-apart: apps/data/src/a.ts → apps/trainer/src/cli.ts',
    'apps-are-apart: bench/src/a.ts → apps/trainer/src/cli.ts',
  ];
  for (const error of errors) expect(output).toContain(`error ${error}`);
  expect(output).toContain('x 5 dependency violations');
  expect(status).not.toBe(0);
});
