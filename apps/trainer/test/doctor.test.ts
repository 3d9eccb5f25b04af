import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Finding } from '../src/doctor/check';
import { runCli } from './cli-process';
import { temporaryFolder } from '../../../test/temporary-folder';
import { simulateTinyData } from './tiny-data';

const root = temporaryFolder('doctor');

const diagnose = async (words: readonly string[] = []) => {
  const { exitCode, stdout, stderr } = await runCli(['doctor', '--json', ...words], { cwd: root });
  expect(stderr).toBe('');
  const { fit, findings } = JSON.parse(stdout) as { fit: boolean; findings: Finding[] };
  return { exitCode, fit, finding: (name: string) => findings.find((found) => found.name === name) };
};

it('finds this machine fit for a default run, and leaves nothing behind', async () => {
  const { exitCode, fit, finding } = await diagnose();
  expect([exitCode, fit]).toEqual([0, true]);
  expect(finding('Node')).toMatchObject({ state: 'works', detail: process.versions.node });
  expect(finding('--backend wasm')).toMatchObject({ state: 'works' });
  expect(finding('pictures')).toMatchObject({ state: 'works' });
  expect(readdirSync(root)).toEqual([]);
});

it('prints one line per finding, the verdict last', async () => {
  const { exitCode, stdout } = await runCli(['doctor'], { cwd: root });
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/^ {2}works +Node +\d/m);
  expect(stdout.trimEnd().split('\n').at(-1)).toBe('A default run is possible: npx pnpm --filter trainer start');
});

it('fails if run folders cannot be created', async () => {
  const file = join(root, 'a-file');
  writeFileSync(file, '');
  const { exitCode, fit, finding } = await diagnose(['--out', join(file, 'runs')]);
  expect([exitCode, fit]).toEqual([1, false]);
  expect(finding('run folders')).toMatchObject({ state: 'fails' });
});

it('looks at the data it is given, file by file', async () => {
  const data = await simulateTinyData(root);
  const name = 'data';
  expect((await diagnose(['--data', data])).finding(name)).toMatchObject({
    detail: `13 training and 13 validation pairs of 13 instruments in ${data}`,
  });
  const violins = join(data, 'chunk', 'train', 'violin');
  writeFileSync(join(violins, readdirSync(violins)[0]), 'no sound');
  const { exitCode, finding } = await diagnose(['--data', data]);
  expect(exitCode).toBe(1);
  expect(finding(name)).toMatchObject({ state: 'fails', detail: expect.stringContaining('violin') as string });
  rmSync(data, { recursive: true });
});
