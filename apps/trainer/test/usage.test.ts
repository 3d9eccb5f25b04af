import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runCli } from './cli-process';
import { temporaryFolder } from './temporary-folder';

const root = temporaryFolder('usage');

describe('the command line', () => {
  it('explains its flags and presets', async () => {
    const { exitCode, stdout } = await runCli(['--help']);
    expect(exitCode).toBe(0);
    const flags =
      'data out preset backend threads seed epochs batch-size accumulate generator-steps width lambda fakes consistency help';
    for (const flag of flags.split(' ')) expect(stdout).toContain(`--${flag}`);
    for (const preset of ['paper', 'laptop', 'quickstart', 'quick']) expect(stdout).toMatch(new RegExp(`^  ${preset} `, 'm'));
    expect(stdout).toContain('generate');
  });

  it.each([
    [['--wdth', '1'], "trainer: unknown option '--wdth' (Did you mean --width?) (see --help)\n"],
    [
      ['--preset', 'labtop'],
      'trainer: --preset labtop is not known; did you mean laptop? (presets: paper, laptop, quickstart, quick)\n',
    ],
    [['--epochs'], "trainer: option '--epochs <count>' argument missing (see --help)\n"],
    [['--backend', 'cpu', '--threads', '2'], /^trainer: --threads 2 conflicts with --backend cpu, which has one thread; .+\n$/],
    [['tarin'], /^trainer: .*too many arguments.*\n$/],
    [['generate', '--image', 'a.jpg'], 'trainer: generate: --out is missing; name the WAV to write\n'],
    [['generate', '--image', 'a.jpg', '--out', 'a.png'], /^trainer: --out must end in \.wav for a sound, got a\.png\n$/],
    [['generate', '--image', 'a.jpg', '--sound', 'a.wav'], /^trainer: --image conflicts with --sound/],
  ])('refuses %j with one line and exit code 2', async (words, message) => {
    const { exitCode, stderr } = await runCli(words, { cwd: root });
    if (typeof message === 'string') expect(stderr).toBe(message);
    else expect(stderr).toMatch(message);
    expect(exitCode).toBe(2);
  });

  it('refuses a run folder that cannot be written to', async () => {
    const file = join(root, 'a-file');
    writeFileSync(file, '');
    const { exitCode, stderr } = await runCli(['--preset', 'quick', '--out', join(file, 'run')]);
    expect(stderr).toBe(
      `trainer: cannot write to the run folder ${file}/run: ${file}/run/samples runs through a file where a folder should be\n`,
    );
    expect(exitCode).toBe(1);
  });
});
