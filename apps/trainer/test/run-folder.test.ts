import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeImage } from '@cmcgan/image-io';
import { readWav } from '@cmcgan/audio-features';
import { beforeAll, describe, expect, it } from 'vitest';
import { runCli, type CliResult } from './cli-process';
import { listFiles, readLog } from './run-files';
import { temporaryFolder } from '../../../test/temporary-folder';

/** The quick preset: two epochs of three steps on 13 simulated training pairs. */
const STEPS = 6;
const root = temporaryFolder('run');
const run = join(root, 'runs', 'quick');
let result: CliResult;

beforeAll(async () => {
  result = await runCli(['--preset', 'quick', '--listening-pairs', '1'], { cwd: root });
});

const readJson = (path: string) => JSON.parse(readFileSync(join(run, path), 'utf8')) as Record<string, unknown>;

describe('a run without --data', () => {
  it('simulates data, trains, and says where to look', () => {
    expect(result.stderr).toBe('');
    expect(result.exitCode).toBe(0);
    expect(result.stdout).toContain(`simulating musicians (seed 1) in ${run}/simulated-data`);
    expect(result.stdout).toMatch(new RegExp(`^Done: ${STEPS} steps in `, 'm'));
    for (const path of ['samples/sound-to-image', 'samples/image-to-sound', 'checkpoints/last']) {
      expect(result.stdout).toContain(`runs/quick/${path}`);
    }
    expect(result.stdout).not.toContain('\x1b');
  });

  it('writes its options, data, versions and seed to config.json', () => {
    expect(readJson('config.json')).toMatchObject({
      options: { preset: 'quick', seed: 1, batchSize: 4, model: { width: 0.0625 }, backend: 'wasm', out: run },
      data: {
        simulated: true,
        pairs: { train: 13, validation: 13 },
        manifestHash: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
      },
      environment: { node: process.version, tensorflowJs: '4.22.0' },
    });
  });

  it('writes one line per step to log.jsonl', () => {
    const log = readLog(run);
    expect(log.map(({ step, epoch }) => [step, epoch])).toEqual([
      [1, 1],
      [2, 1],
      [3, 1],
      [4, 2],
      [5, 2],
      [6, 2],
    ]);
    for (const line of log) {
      expect(line).toMatchObject({
        discriminator: {
          total: expect.any(Number) as number,
          wrong: expect.any(Number) as number,
          fake: expect.any(Number) as number,
        },
        generator: { total: expect.any(Number) as number, adversarial: expect.any(Number) as number },
      });
      expect(line.pairsPerSecond).toBeGreaterThan(0);
      expect(line.stepMs).toBeGreaterThan(0);
    }
  });

  it('writes grids of both directions and sounds every epoch', async () => {
    for (const direction of ['sound-to-image', 'image-to-sound']) {
      expect(listFiles(join(run, 'samples', direction))).toEqual(['epoch-001.jpg', 'epoch-002.jpg']);
      const { width, height } = await decodeImage(readFileSync(join(run, 'samples', direction, 'epoch-002.jpg')), { size: 64 });
      expect([width, height]).toEqual([64, 64]);
    }
    const sounds = listFiles(join(run, 'samples', 'sounds'));
    expect(sounds).toHaveLength(6);
    const { samples, sampleRateHz } = readWav(readFileSync(join(run, 'samples', 'sounds', sounds[0])));
    expect([samples[0].length, sampleRateHz]).toEqual([22050, 44100]);
  });

  it('writes, at the end, as many pairs of every instrument to listen to as requested: loud enough, and silent at both ends', () => {
    const files = listFiles(join(run, 'samples', 'listening'));
    expect(files).toHaveLength(13 * 3);
    expect(files.slice(0, 3)).toEqual(['bassoon-1-VA.wav', 'bassoon-1-VVA.wav', 'bassoon-1-true.wav']);
    const sounds = files.map((file) => readWav(readFileSync(join(run, 'samples', 'listening', file))).samples[0]);
    const peaks = sounds.map((samples) => samples.reduce((most, value) => Math.max(most, Math.abs(value)), 0));
    expect(Math.max(...peaks)).toBeGreaterThan(0.3);
    expect(Math.max(...sounds.flatMap((samples) => [Math.abs(samples[0]), Math.abs(samples.at(-1)!)]))).toBeLessThan(0.001);
  });

  it('keeps the last checkpoint, the one before and those of the epochs asked for, and nothing temporary', () => {
    const files = [
      'config.json',
      'discriminator-optimizer.safetensors',
      'generator-optimizer.safetensors',
      'model.safetensors',
      'training.json',
    ];
    const expected = ['epoch-001', 'epoch-002', 'last', 'previous'].flatMap((name) => files.map((file) => join(name, file)));
    expect(listFiles(join(run, 'checkpoints'))).toEqual(expected);
    expect(readJson('checkpoints/last/training.json')).toMatchObject({ step: STEPS, epoch: 2, epochStep: 0 });
    expect(listFiles(run).filter((path) => path.includes('partial') || path.includes('.tmp'))).toEqual([]);
  });
});

describe('a second run', () => {
  it('is refused in the same chosen folder', async () => {
    const { exitCode, stderr } = await runCli(['--preset', 'quick', '--out', run]);
    expect(stderr).toBe(`trainer: --out ${run} already holds a run; resume it with --resume ${run}, or choose another folder\n`);
    expect(exitCode).toBe(2);
  });

  it('goes to the next free name, and to the first --max-steps', async () => {
    const words = ['--preset', 'quick', '--data', join(run, 'simulated-data'), '--max-steps', '1', '--accumulate', '3'];
    const { exitCode, stdout } = await runCli(words, { cwd: root });
    expect(exitCode).toBe(0);
    expect(stdout).toContain('13 instruments (simulated) in ');
    expect(stdout).toContain('Done: 1 step in');
    expect(existsSync(join(root, 'runs', 'quick-2', 'checkpoints', 'last', 'training.json'))).toBe(true);
    expect(existsSync(join(root, 'runs', 'quick-2', 'simulated-data'))).toBe(false);
  });
});
