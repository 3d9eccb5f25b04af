import { expect, it } from 'vitest';
import type { Finding, Job, Machine } from './check';
import { describeFindings } from './describe-findings';
import { examine, isFit } from './examine';

const [machine, job] = [{} as Machine, {} as Job];
const works: Finding = { name: 'Node', state: 'works', detail: '20.19.0' };
const absent: Finding = { name: 'ffmpeg', state: 'absent', detail: 'not on the PATH', remedy: 'install it' };
const broken: Finding = { name: 'disk', state: 'fails', detail: 'full', remedy: 'free some space' };

it('a check that breaks is a finding that fails, and the others go on', async () => {
  const checks = [
    { name: 'odd', run: () => Promise.reject(new Error('it broke')) },
    { name: 'Node', run: () => [works] },
  ];
  expect(await examine(machine, job, checks)).toEqual([{ name: 'odd', state: 'fails', detail: 'it broke' }, works]);
});

it('what is absent or warned of is no reason not to run', () => {
  expect(isFit([works, absent, { ...broken, state: 'warning' }])).toBe(true);
  expect(isFit([works, broken])).toBe(false);
});

it('is told in columns, the remedy below, the verdict last', () => {
  expect(describeFindings([works, absent, broken])).toEqual([
    '  works   Node    20.19.0',
    '  absent  ffmpeg  not on the PATH',
    '                  → install it',
    '  FAILS   disk    full',
    '                  → free some space',
    '',
    'A default run is impossible until this is fixed: disk',
  ]);
});
