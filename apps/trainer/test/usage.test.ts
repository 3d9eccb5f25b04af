import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runCli } from './cli-process';
import { temporaryFolder } from '../../../test/temporary-folder';

const root = temporaryFolder('usage');

describe('the command line', () => {
  it('explains its flags and presets', async () => {
    const { exitCode, stdout } = await runCli(['--help']);
    expect((await runCli(['-h'])).stdout).toBe(stdout);
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
    [
      ['--contrastive-steps', '0'],
      'trainer: --encoders frozen, --decoder-steps 9000, and --path-steps 2000 need encoders that have learnt something; ' +
        'add --contrastive-steps 3000 or --init-from <run>, or else --encoders learn --decoder-steps 0 --path-steps 0\n',
    ],
    [
      ['--preset', 'quick', '--decoder-steps', '7'],
      'trainer: --decoder-steps 7 needs encoders that have learnt something; add --contrastive-steps 3000 or --init-from <run>, or else --decoder-steps 0\n',
    ],
    [
      ['--decoder-steps', '0'],
      'trainer: --path-steps 2000 needs decoders that have learnt something; add --decoder-steps 3000, or else --path-steps 0\n',
    ],
    [['--decoder-steps', '7', '--variant', 's2ic'], /^trainer: --decoder-steps 7 conflicts with --variant s2ic/],
    [
      ['--cycle', 'cut', '--consistency', 'ends'],
      "trainer: --cycle cut needs --consistency all, which teaches the samples on the paths' ways, got ends\n",
    ],
    [['--encoders', 'frozen', '--variant', 's2ic'], /^trainer: --encoders frozen conflicts with --variant s2ic/],
    [['tarin'], 'trainer: there is no command tarin; to train, leave the word out and type flags alone (see --help)\n'],
    [['genrate'], 'trainer: there is no command genrate; did you mean generate? (see --help)\n'],
    [['my-word'], /^trainer: .*too many arguments.*\n$/],
    [['generate', '--image', 'a.jpg'], 'trainer: generate: --out is missing; name the WAV to write\n'],
    [['generate', '--image', 'a.jpg', '--out', 'a.png'], /^trainer: --out must end in \.wav for a sound, got a\.png\n$/],
    [
      ['generate', '--sound', 'a.wav', '--out', 'a.gif'],
      /--out must end in \.png, \.jpg, \.jpeg or \.webp for a picture, got a\.gif/,
    ],
    [
      ['generate', '--image', 'a.jpg', '--output', 'a.wav'],
      /--output takes one of pathEnd, direct, got a\.wav; .* --out a\.wav\n$/,
    ],
    [['generate', '--decibel-range', '-60,20', '--model', 'a'], /unknown option '--model'; did you mean --checkpoint\?/],
    [['generate', '--image', 'a.jpg', '--sound', 'a.wav'], /^trainer: --image conflicts with --sound/],
  ])('refuses %j with one line and exit code 2', async (words, message) => {
    const { exitCode, stderr } = await runCli(words, { cwd: root });
    if (typeof message === 'string') expect(stderr).toBe(message);
    else expect(stderr).toMatch(message);
    expect(exitCode).toBe(2);
  });

  it.each([
    ['--learning-rate', '--generator-learning-rate or --discriminator-learning-rate'],
    ['--lr', '--generator-learning-rate or --discriminator-learning-rate'],
    ['--batch', '--batch-size'],
    ['--batch_size', '--batch-size'],
    ['--steps', '--max-steps'],
    ['--gpu', '--backend webgpu'],
    ['--device', '--backend (webgpu for a graphics card)'],
    ['--output', '--out'],
    ['--dataset', '--data'],
    ['--schedule', '--learning-rate-schedule'],
  ])('knows what %s means elsewhere', async (typed, meant) => {
    const { exitCode, stderr } = await runCli([typed, '1'], { cwd: root });
    expect([exitCode, stderr]).toEqual([2, `trainer: unknown option '${typed}'; did you mean ${meant}? (see --help)\n`]);
  });

  it.each([
    ['gpu', 'webgpu'],
    ['cuda', 'tfjs-node-gpu'],
    ['wams', 'wasm'],
  ])('knows which backend %s means', async (typed, meant) => {
    const { stderr } = await runCli(['--backend', typed], { cwd: root });
    expect(stderr).toContain(`--backend ${typed} is not known; did you mean ${meant}?`);
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
