import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { runParts } from './run-parts';
import type { Part } from './run-parts';

const folder = mkdtempSync(join(tmpdir(), 'run-parts-'));
afterAll(() => rmSync(folder, { recursive: true }));
const log = join(folder, 'log');

/** A part that appends its name to the log and then runs `code`. */
const part = (name: string, code: string, share = 1): Part => ({
  name,
  share,
  command: () => [process.execPath, '-e', `require('node:fs').appendFileSync(${JSON.stringify(log)}, '${name} '); ${code}`],
});

async function run(parts: Part[], seconds = 60) {
  writeFileSync(log, '');
  const failures: object[] = [];
  await runParts(parts, seconds, (failure) => failures.push(failure));
  return { ran: readFileSync(log, 'utf8').trim(), failures };
}

it('every part runs, whatever the ones before it did', async () => {
  const parts = [
    part('throws', "throw new Error('of the part')"),
    part('crashes', "process.kill(process.pid, 'SIGSEGV'); setTimeout(() => {}, 60_000)"),
    { ...part('missing', ''), command: () => [join(folder, 'no-such-program')] as const },
    part('works', ''),
  ];
  const { ran, failures } = await run(parts);
  expect(ran).toBe('throws crashes works');
  expect(failures).toEqual([
    { part: 'throws', failed: 'exit code 1' },
    { part: 'crashes', failed: 'killed by SIGSEGV' },
    { part: 'missing', failed: expect.stringContaining('ENOENT') },
  ]);
});

it('a part that takes too long is killed with its children, and the next one gets its share', async () => {
  const pidFile = join(folder, 'pid');
  const child = `setInterval(() => {}, 1000); require("node:fs").writeFileSync(${JSON.stringify(pidFile)}, String(process.pid))`;
  const hangs = `require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(child)}], { stdio: 'ignore' }); setInterval(() => {}, 1000)`;
  const given: number[] = [];
  const next = part('next', '');
  const noted: Part = { ...next, command: (seconds) => (given.push(seconds), next.command(seconds)) };
  const { ran, failures } = await run([part('hangs', hangs), noted], 20);
  expect(ran).toBe('hangs next');
  expect(failures).toEqual([{ part: 'hangs', failed: 'it took longer than its 10 s' }]);
  expect(given[0]).toBeGreaterThan(0);
  expect(given[0]).toBeLessThan(10.1);
  const pid = Number(readFileSync(pidFile, 'utf8'));
  await expect.poll(() => isRunning(pid)).toBe(false);
});

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8')); // one that nobody waits for is not running
  } catch {
    return false;
  }
}
