import { cpSync, existsSync, readdirSync, readFileSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { readWav } from '@cmcgan/audio-features';
import { decodeImage } from '@cmcgan/image-io';
import { beforeAll, describe, expect, it } from 'vitest';
import { runCli } from './cli-process';
import { temporaryFolder } from './temporary-folder';
import { simulateTinyData } from './tiny-data';

const root = temporaryFolder('generate');
const run = join(root, 'run');
let picture: string;
let sound: string;

function firstFile(folder: string): string {
  return join(folder, readdirSync(folder)[0]);
}

beforeAll(async () => {
  const data = await simulateTinyData(root);
  picture = firstFile(join(data, 'img', 'validation', 'violin'));
  sound = firstFile(join(data, 'chunk', 'validation', 'violin'));
  const { stderr } = await runCli(['--preset', 'quick', '--max-steps', '1', '--data', data, '--out', run]);
  expect(stderr).toBe('');
});

const generate = (...words: string[]) => runCli(['generate', '--checkpoint', run, ...words], { cwd: root });

describe('generate', () => {
  it('turns a picture into half a second of sound and its spectrogram', async () => {
    const { exitCode, stdout, stderr } = await generate('--image', picture, '--out', 'violin.wav');
    expect([exitCode, stderr]).toEqual([0, '']);
    expect(stdout).toContain(join(root, 'violin.wav'));
    const { samples, sampleRateHz } = readWav(readFileSync(join(root, 'violin.wav')));
    expect([samples.length, samples[0].length, sampleRateHz]).toEqual([1, 22050, 44100]);
    expect(Math.max(...samples[0])).toBeGreaterThan(0);
    expect(existsSync(join(root, 'violin.png'))).toBe(true);
  });

  it('turns a sound into a picture, the same one again with the same seed', async () => {
    for (const name of ['one', 'again']) {
      expect((await generate('--sound', sound, '--out', `${name}.png`, '--seed', '3')).exitCode).toBe(0);
    }
    const [one, again] = ['one', 'again'].map((name) => readFileSync(join(root, `${name}.png`)));
    expect(again).toEqual(one);
    expect((await decodeImage(one)).pixels).toHaveLength(128 * 128 * 3);
  });

  it('refuses a sound that ends too soon', async () => {
    const { exitCode, stderr } = await generate('--sound', sound, '--at', '0.3', '--out', 'late.png');
    expect(stderr).toBe(`trainer: ${sound} must have half a second of sound from --at 0.3 on, got 0.50 s in all\n`);
    expect(exitCode).toBe(1);
  });

  it('names the damaged file of a corrupt checkpoint', async () => {
    const corrupt = join(root, 'corrupt');
    cpSync(join(run, 'checkpoints', 'last'), corrupt, { recursive: true });
    truncateSync(join(corrupt, 'model.safetensors'), 1000);
    const { exitCode, stderr } = await runCli([
      'generate',
      '--checkpoint',
      corrupt,
      '--sound',
      sound,
      '--out',
      join(root, 'x.png'),
    ]);
    expect(stderr).toBe(
      `trainer: checkpoint file ${corrupt}/model.safetensors is damaged: its content is not what was saved (SHA-256 differs); ` +
        'take another checkpoint\n',
    );
    expect(exitCode).toBe(1);
  });

  it('says so when there is no checkpoint', async () => {
    const { exitCode, stderr } = await runCli([
      'generate',
      '--checkpoint',
      join(root, 'none'),
      '--sound',
      sound,
      '--out',
      'x.png',
    ]);
    expect(stderr).toBe(
      `trainer: checkpoint ${root}/none does not exist; a run keeps its checkpoints in <run folder>/checkpoints\n`,
    );
    expect(exitCode).toBe(1);
  });
});
