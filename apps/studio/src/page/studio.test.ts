import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { StudioCalls } from '../protocol';
import { createStudio, type Studio } from './studio';
import type { StudioClient } from './studio-client';

type Name = keyof StudioCalls;
interface Call {
  name: Name;
  argument: unknown;
  resolve(value: unknown): void;
  reject(error: Error): void;
}

const png = () => new File([Uint8Array.from([0x89, 0x50, 0x4e, 0x47])], 'a.png');
const recording = (name: string) => ({ name, samples: new Float32Array(9), sampleRateHz: 44_100 });
const LOADED = { backend: 'wasm, 1 thread', classNames: [], outputs: { picture: ['pathEnd', 'direct'], sound: ['direct'] } };
const SOUND = { kind: 'sound', seconds: 1, wav: new Uint8Array(1), spectrum: {} };
const PICTURE = { kind: 'picture', png: new Uint8Array(1) };

describe('the page', () => {
  let calls: Call[];
  let studio: Studio;

  /** The next call that the page makes of the worker. */
  async function next<N extends Name>(name: N): Promise<Call & { argument: StudioCalls[N][0] }> {
    await vi.waitFor(() => expect(calls.length).toBeGreaterThan(0));
    const call = calls.shift()!;
    expect(call.name).toBe(name);
    return call as Call & { argument: StudioCalls[N][0] };
  }
  const answer = async (name: Name, value: unknown) => (await next(name)).resolve(value);

  beforeEach(async () => {
    calls = [];
    const call = (name: Name, argument: unknown) =>
      new Promise((resolve, reject) => calls.push({ name, argument, resolve, reject }));
    studio = createStudio({ call } as unknown as StudioClient);
    const loading = studio.loadModel(undefined, 'Released weights');
    await answer('load', LOADED);
    await loading;
  });

  it('generates by every way that the model has, plays the first, then asks the classifier', async () => {
    const giving = studio.give(png());
    await answer('give', PICTURE);
    for (const output of ['pathEnd', 'direct']) {
      const call = await next('generate');
      expect(call.argument).toEqual({ from: 'picture', output, seed: 1, seconds: 2 });
      call.resolve(SOUND);
    }
    const { argument, resolve } = await next('classify');
    expect(argument).toEqual({ evidence: 'picture', seed: 1 });
    resolve({ evidence: 'picture', probabilities: { flute: 1 } });
    await giving;
    const { results, autoplay, opinions } = studio.get();
    expect([autoplay, Object.keys(results)]).toEqual([results.pathEnd!.url, ['pathEnd', 'direct']]);
    expect(opinions).toEqual([{ evidence: 'picture', probabilities: { flute: 1 } }]);
  });

  it('shows no answer to an earlier question', async () => {
    const first = studio.give(recording('first'));
    const reading = await next('give');
    const second = studio.give(recording('second'));
    await answer('give', { ...SOUND, seconds: 2 });
    await answer('generate', PICTURE);
    reading.resolve(SOUND); // too late
    await answer('classify', null);
    await Promise.all([first, second]);
    expect(studio.get()).toMatchObject({ given: { name: 'second', seconds: 2 }, opinions: null, busy: undefined });
  });

  it('keeps what was there when a new file cannot be read', async () => {
    const giving = studio.give(recording('good'));
    await answer('give', SOUND);
    await answer('generate', PICTURE);
    await answer('classify', null);
    await giving;
    const failing = studio.give(recording('broken'));
    (await next('give')).reject(new Error('decodeAudio: broken must be a sound'));
    await failing;
    expect(studio.get()).toMatchObject({ given: { name: 'good' }, error: 'broken must be a sound', busy: undefined });
    expect(studio.get().results.direct).toBeDefined();
  });

  it('generates from what was given while the model was loading, once it is there', async () => {
    const loading = studio.loadModel({ url: 'elsewhere' }, 'elsewhere');
    const load = await next('load');
    const giving = studio.give(recording('early'));
    await answer('give', SOUND);
    await giving;
    load.resolve(LOADED);
    await answer('generate', PICTURE);
    await answer('classify', null);
    await loading;
    expect(studio.get().results.direct).toBeDefined();
  });

  it('keeps the model when another one cannot be loaded', async () => {
    const loading = studio.loadModel({ url: 'nowhere' }, 'nowhere');
    (await next('load')).reject(new Error('load: nowhere/config.json must exist'));
    await loading;
    expect(studio.get()).toMatchObject({
      model: { phase: 'ready', name: 'Released weights' },
      error: 'nowhere/config.json must exist',
    });
  });
});
