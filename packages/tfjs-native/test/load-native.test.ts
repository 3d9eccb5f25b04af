import { afterEach, describe, expect, it, vi } from 'vitest';
import { createRequire } from 'node:module';
import util from 'node:util';
import { computeEnvironment } from '../src/open-package';
import { inMachine, plantAddon, plantPackage, useMachine } from './fakes';

useMachine();
afterEach(() => vi.resetModules()); // which native TensorFlow is loaded

const places = () => ({ from: inMachine('project', 'any.js') });
const fresh = () => import('../src/index');

describe('findNative', () => {
  it('reports that no package is installed', async () => {
    const { findNative } = await fresh();
    expect(await findNative(places())).toEqual({ works: false, reason: '@tensorflow/tfjs-node is not installed' });
  });

  it('reports that a package has no addon, and loads nothing', async () => {
    const packageFolder = plantPackage();
    const { findNative } = await fresh();
    expect(await findNative(places())).toEqual({
      works: false,
      reason: `${packageFolder} has no native addon (lib/napi-v8/tfjs_binding.node)`,
    });
  });

  it('finds the package in the cache folder, and one that has an addon before one that has none', async () => {
    plantPackage();
    const packageFolder = plantPackage('@tensorflow/tfjs-node', inMachine('cache', 'tfjs-native', 'tfjs-node-4.22.0'));
    plantAddon(packageFolder, { version: '2.18.0' });
    const { findNative } = await fresh();
    expect(await findNative(places())).toMatchObject({ works: true, packageFolder, version: '2.18.0' });
  });

  it('on a GPU is refused where TensorFlow computes on the processor', async () => {
    const packageFolder = plantPackage();
    plantAddon(packageFolder, { log: '2026-11-28 07:00:00.2: W gpu_device.cc:2256] Cannot dlopen some GPU libraries.' });
    const { findNative } = await fresh();
    expect(await findNative({ ...places(), device: 'gpu' })).toEqual({
      works: false,
      reason: `TensorFlow 2.21.0 in ${packageFolder} must compute on a GPU, but it finds none (Cannot dlopen some GPU libraries)`,
    });
  });

  it('on the processor hides the GPU', async () => {
    plantAddon(plantPackage(), { gpu: true });
    const { findNative } = await fresh();
    expect(await findNative({ ...places(), device: 'processor' })).toMatchObject({ device: 'processor' });
    expect(await findNative(places())).toMatchObject({ device: 'gpu' });
  });
});

describe('loadNative', () => {
  it('sets the threads before it loads, and describes what computes', async () => {
    const packageFolder = plantPackage();
    plantAddon(packageFolder);
    const { loadNative } = await fresh();
    expect(loadNative({ ...places(), device: 'processor', threads: 3 }).description).toBe(
      'TensorFlow 2.21.0 on the processor, 3 threads',
    );
    expect(createRequire(import.meta.url)(packageFolder)).toMatchObject({ threads: '3' });
  });

  it('restores what newer versions of Node removed before it loads', async () => {
    plantAddon(plantPackage());
    const { loadNative } = await fresh();
    const removed = util as { isNullOrUndefined?: unknown };
    delete removed.isNullOrUndefined;
    loadNative(places());
    expect(removed.isNullOrUndefined).toBeTypeOf('function');
  });

  it('refuses the processor where a GPU is required', async () => {
    plantAddon(plantPackage());
    const { loadNative } = await fresh();
    expect(() => loadNative({ ...places(), device: 'gpu' })).toThrow('TensorFlow 2.21.0 must compute on a GPU, but finds none');
  });

  it('loads the same one again, but no other after it', async () => {
    plantAddon(plantPackage());
    const { loadNative } = await fresh();
    loadNative({ ...places(), threads: 1 });
    expect(loadNative({ ...places(), threads: 1 }).threads).toBe(1);
    expect(() => loadNative({ ...places(), threads: 2 })).toThrow(
      /a process must load one native TensorFlow, got .*"threads":2.* after /,
    );
  });

  it('names the program that builds what is missing', async () => {
    const { loadNative } = await fresh();
    expect(() => loadNative(places())).toThrow(
      'loadNative: @tensorflow/tfjs-node is not installed; build it with: npx @cmcgan/tfjs-native',
    );
  });
});

it('leaves variables alone that the user has set, except for the requested threads and device', () => {
  const given = { TF_ENABLE_ONEDNN_OPTS: '0', TF_NUM_INTRAOP_THREADS: '8', CUDA_VISIBLE_DEVICES: '1' };
  expect(computeEnvironment({}, given)).not.toHaveProperty('TF_ENABLE_ONEDNN_OPTS');
  expect(computeEnvironment({ device: 'gpu' }, given)).not.toHaveProperty('CUDA_VISIBLE_DEVICES');
  expect(computeEnvironment({ threads: 2 }, given)).toMatchObject({ TF_NUM_INTRAOP_THREADS: '2', TF_NUM_INTEROP_THREADS: '2' });
});
