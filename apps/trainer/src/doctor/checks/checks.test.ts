import { describe, expect, it } from 'vitest';
import type { DatasetCheck } from '@cmcgan/sub-urmp';
import type { Backend } from '@cmcgan/backends';
import type { Check, Finding, Job, Machine } from '../check';
import { backends } from './backends';
import { data } from './data';
import { disk } from './disk';
import { graphics } from './graphics';
import { memory } from './memory';
import { mpi } from './mpi';
import { node } from './node';
import { pictures } from './pictures';
import { processor } from './processor';
import { video } from './video';
import { writeAccess } from './write-access';

const GIB = 2 ** 30;
const JOB: Job = { runsFolder: '/home/me/runs', dataFolder: null };

const fails = (message: string) => () => Promise.reject(new Error(message));
const backend = (name: string, availability: Awaited<ReturnType<Backend['availability']>>): Backend => ({
  name,
  summary: '',
  availability: async () => availability,
  start: fails('is not to be started'),
});

const CLEAN: DatasetCheck = {
  folder: '/data',
  classNames: ['cello', 'violin'],
  pairs: { train: 20, validation: 4 },
  leftOut: [],
  leftOutPairs: 0,
  ignoredFiles: [],
  silentSounds: [],
  pictureWarnings: [],
  missingClasses: { train: [], validation: [] },
  leakage: { clean: true } as DatasetCheck['leakage'],
  clean: true,
};

/** A machine with nothing optional on it, on which a default run is possible. */
const BARE: Machine = {
  ...{ nodeVersion: '20.19.0', processor: 'a processor', cores: 2, availableBytes: 8 * GIB, totalBytes: 16 * GIB },
  addressSpace: { limitBytes: null, trapHandler: true, cores: 2 },
  environment: {},
  backends: [backend('wasm', { available: true, description: 'wasm' })],
  exists: () => false,
  list: () => [],
  hasPackage: () => false,
  run: async () => null,
  freeDiskBytes: async () => 100 * GIB,
  probe: async () => {},
  tryPictures: async () => {},
  tryBackend: async () => 'wasm, 2 threads',
  findMpi: async () => ({ libraries: [] }),
  checkData: async () => CLEAN,
};

const findings = async (check: Check, changes: Partial<Machine> = {}, job: Partial<Job> = {}): Promise<readonly Finding[]> =>
  check.run({ ...BARE, ...changes }, { ...JOB, ...job });
const first = async (...args: Parameters<typeof findings>) => (await findings(...args))[0];

describe('every check', () => {
  it.each(
    [node, processor, memory, disk, writeAccess, pictures, data, backends, graphics, mpi, video].map((check) => [
      check.name,
      check,
    ]),
  )('%s finds nothing that fails on a bare machine', async (_, check) => {
    for (const { state } of await findings(check as Check)) expect(['works', 'absent']).toContain(state);
  });
});

describe('Node', () => {
  it.each([
    ['20.18.3', 'fails'],
    ['18.20.0', 'fails'],
    ['20.19.0', 'works'],
    ['24.0.1', 'works'],
  ])('%s %s', async (nodeVersion, state) => expect(await first(node, { nodeVersion })).toMatchObject({ state }));
});

describe('MPI', () => {
  const library = { name: 'Open MPI', version: '4.1.4', path: '/usr/lib/libmpi.so.40' };

  it('names the libraries that are found', async () => {
    const detail = 'Open MPI 4.1.4 (/usr/lib/libmpi.so.40)';
    expect(await first(mpi, { findMpi: async () => ({ libraries: [library] }) })).toMatchObject({ state: 'works', detail });
  });

  it('is absent without one, and names the launcher that needs it', async () => {
    const launcher = { name: 'srun', size: 4, families: [] };
    const detail = 'no library found; this process was started by srun';
    expect(await first(mpi, { findMpi: async () => ({ launcher, libraries: [] }) })).toMatchObject({ state: 'absent', detail });
  });

  it('is absent where nothing can call it', async () => {
    expect(await first(mpi, { findMpi: fails('koffi has no binary') })).toMatchObject({
      state: 'absent',
      detail: 'koffi has no binary',
    });
  });
});

it('processor warns of a single core', async () => {
  expect(await first(processor, { cores: 1 })).toMatchObject({ state: 'warning', detail: '1 core, a processor' });
});

it.each([
  [6 * GIB, 'works'],
  [2 * GIB, 'warning'],
  [0.5 * GIB, 'fails'],
])('memory of %d bytes %s', async (availableBytes, state) => {
  expect(await first(memory, { availableBytes })).toMatchObject({ state });
});

it('disk fails where a run does not fit, and names the folder', async () => {
  const found = await first(disk, { freeDiskBytes: async () => 0.1 * GIB });
  expect(found).toMatchObject({ state: 'fails', detail: '0.1 GiB free for /home/me/runs' });
});

it('run folders fail where nothing can be written, with a remedy', async () => {
  const denied = Object.assign(new Error('denied'), { code: 'EACCES', path: '/home/me' });
  const found = await first(writeAccess, { probe: () => Promise.reject(denied) });
  expect(found.state).toBe('fails');
  expect(found.detail).toContain('no permission for /home/me');
  expect(found.remedy).toContain('--out');
});

it('pictures fail where sharp is not for this platform', async () => {
  const found = await first(pictures, { tryPictures: fails('Could not load the "sharp" module') });
  expect(found).toMatchObject({ state: 'fails', detail: 'Could not load the "sharp" module' });
});

describe('data', () => {
  const judged = (check: Partial<DatasetCheck>) =>
    first(data, { checkData: async () => ({ ...CLEAN, ...check, clean: false }) }, { dataFolder: '/data' });

  it('is simulated where none is named', async () => {
    expect((await first(data)).detail).toContain('simulated');
  });

  it('is counted', async () => {
    const found = await first(data, {}, { dataFolder: '/data' });
    expect(found).toMatchObject({ state: 'works', detail: '20 training and 4 validation pairs of 2 instruments in /data' });
  });

  it('fails with the first file that cannot be used, and says how to see them all', async () => {
    const leftOut = [{ pairId: 'train/cello/a', path: '/data/a.wav', problem: 'empty', message: 'a.wav is empty' }] as const;
    const found = await judged({ leftOut: leftOut as unknown as DatasetCheck['leftOut'], leftOutPairs: 1 });
    expect(found).toMatchObject({ state: 'fails', detail: expect.stringContaining('a.wav is empty') as string });
    expect(found.remedy).toContain('--filter data start check /data');
  });

  it('warns of an instrument that is never validated on', async () => {
    const found = await judged({ missingClasses: { train: [], validation: ['violin'] } });
    expect(found).toMatchObject({ state: 'warning', detail: expect.stringContaining('violin is never validated on') as string });
  });

  it('fails where there is no data set', async () => {
    const found = await first(data, { checkData: fails('/data does not exist') }, { dataFolder: '/data' });
    expect(found).toMatchObject({ state: 'fails', detail: '/data does not exist' });
  });
});

describe('backends', () => {
  it('fails where the default one does not compute', async () => {
    const found = await first(backends, { tryBackend: fails('its self-test failed') });
    expect(found).toMatchObject({ name: '--backend wasm', state: 'fails', detail: 'its self-test failed' });
  });

  it('an optional one says on what it was held against the default one', async () => {
    const there = { ...backend('webgpu', { available: true, description: 'WebGPU on a card' }), proof: 'right on another card' };
    const expected = { name: '--backend webgpu', state: 'works', detail: 'WebGPU on a card; right on another card' };
    expect(await findings(backends, { backends: [...BARE.backends, there] })).toContainEqual(expected);
  });

  it('an optional one that is missing is absent, with its own remedy, and is not started', async () => {
    const missing = backend('webgpu', { available: false, reason: 'no adapter', remedy: 'install a driver' });
    const expected = { name: '--backend webgpu', state: 'absent', detail: 'no adapter', remedy: 'install a driver' };
    expect(await findings(backends, { backends: [...BARE.backends, missing] })).toContainEqual(expected);
  });
});

describe('graphics', () => {
  it('names NVIDIA cards as nvidia-smi does', async () => {
    const run = async (program: string) => (program === 'nvidia-smi' ? 'NVIDIA H200, 143771 MiB, 570.1\n' : null);
    expect(await findings(graphics, { run })).toContainEqual({
      name: 'NVIDIA',
      state: 'works',
      detail: 'NVIDIA H200, 143771 MiB, 570.1',
    });
  });

  const webgpu = (availability: Awaited<ReturnType<Backend['availability']>>) => [backend('webgpu', availability)];
  const none = webgpu({ available: false, reason: 'no GPU was found', remedy: 'install a driver' });

  it('names the GPU that was found when it was asked for', async () => {
    const there = webgpu({ available: true, description: 'WebGPU on NVIDIA H200' });
    const expected = { name: 'GPU', state: 'works', detail: 'WebGPU on NVIDIA H200' };
    expect(await findings(graphics, { backends: there })).toContainEqual(expected);
  });

  it.each([
    ['where the system keeps them', { list: (folder: string) => (folder === '/usr/share/vulkan/icd.d' ? ['lvp_icd.json'] : []) }],
    [
      'that the environment names, as far as they are there',
      { environment: { VK_ICD_FILENAMES: '/a/lvp_icd.json:/b/two_icd.json' }, exists: (path: string) => path.startsWith('/a') },
    ],
  ])('Vulkan drivers %s do not make a GPU', async (_, machine) => {
    const detail = 'no GPU was found; Vulkan drivers: lvp_icd';
    expect(await findings(graphics, { ...machine, backends: none })).toContainEqual(
      expect.objectContaining({ name: 'GPU', state: 'absent', detail }),
    );
  });

  it('says that no Vulkan driver is registered', async () => {
    const expected = { state: 'absent', detail: 'no GPU was found; no Vulkan driver is registered' };
    expect((await findings(graphics, { backends: none }))[1]).toMatchObject(expected);
  });
});

it('video names the version of ffmpeg', async () => {
  const run = async () => 'ffmpeg version 5.1.6-0+deb12u1 Copyright\nmore';
  expect(await first(video, { run })).toEqual({ name: 'ffmpeg', state: 'works', detail: '5.1.6-0+deb12u1' });
});

it('video finds node-av where it is installed', async () => {
  const found = await findings(video, { hasPackage: (name) => name === 'node-av' });
  expect(found[1]).toMatchObject({ name: 'node-av', state: 'works' });
});
