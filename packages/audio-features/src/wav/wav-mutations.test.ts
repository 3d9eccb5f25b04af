import { describe, expect, it } from 'vitest';
import { extensibleBody, formatBody, riff, uint } from '../../test/fixtures/wav-bytes';
import { concat, id3Tag } from '../../test/fixtures/situations';
import { seededUniform } from '@cmcgan/random';
import { readWav } from './read-wav';
import { streamWav } from './stream-wav';

const sound = Uint8Array.from({ length: 240 }, (_, i) => (i * 37) % 256);
const ds64 = Uint8Array.from([...uint(0, 8), ...uint(240, 8), ...uint(60, 8), ...uint(0, 4)]);
const ORIGINALS = [
  riff([{ id: 'fmt ', body: formatBody({ channelCount: 2 }) }, { id: 'data', body: sound }]), // prettier-ignore
  riff([{ id: 'junk', body: sound.subarray(0, 7) }, { id: 'fmt ', body: extensibleBody(1, { bitDepth: 24 }) }, { id: 'data', body: sound }]), // prettier-ignore
  riff([{ id: 'fmt ', body: formatBody({ tag: 3, bitDepth: 32 }) }, { id: 'data', body: sound }]), // prettier-ignore
  riff([{ id: 'ds64', body: ds64 }, { id: 'fmt ', body: formatBody() }, { id: 'data', body: sound, declaredSize: 0xffffffff }], 'RF64'), // prettier-ignore
  riff([{ id: 'fmt ', body: extensibleBody(1, { bitDepth: 16, big: true }) }, { id: 'data', body: sound }], 'RIFX'), // prettier-ignore
  riff([{ id: 'fmt ', body: formatBody() }, { id: 'data', body: sound, declaredSize: 0x7fffffdb }]), // prettier-ignore
  riff([{ id: 'fmt ', body: formatBody() }, { id: 'data', body: sound.subarray(0, 60) }, { id: 'data', body: sound.subarray(60) }]), // prettier-ignore
  concat(id3Tag(20), riff([{ id: 'fmt ', body: formatBody({ tag: 7, bitDepth: 8 }) }, { id: 'data', body: sound }])), // prettier-ignore
];

/** Flips bytes (mostly in the header), writes sizes of 4 GiB, truncates. */
function mutate(original: Uint8Array, uniform: () => number): Uint8Array {
  const bytes = original.slice();
  const at = () => Math.floor(uniform() * (uniform() < 0.7 ? 80 : bytes.length));
  for (let flips = Math.floor(uniform() * 6); flips > 0; flips--) bytes[at()] = Math.floor(uniform() * 256);
  if (uniform() < 0.3) bytes.fill(0xff, at()).copyWithin(0, 0, 12);
  if (uniform() < 0.3) bytes.set([0xf0, 0xff, 0xff, 0xff], Math.min(at(), bytes.length - 4));
  return uniform() < 0.4 ? bytes.subarray(0, Math.floor(uniform() * bytes.length)) : bytes;
}

async function* pieces(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 50) yield bytes.slice(at, at + 50);
}

describe('readWav and streamWav on 2,000 corrupted files', () => {
  it('return no more samples than the file has bytes, or throw an error that names it', async () => {
    const uniform = seededUniform(1, 'mutations');
    let errors = 0;
    for (let round = 0; round < 2000; round++) {
      const bytes = mutate(ORIGINALS[round % ORIGINALS.length]!, uniform);
      const options = { name: 'bad.wav', truncated: round % 3 === 0 ? 'accept' : 'error' } as const;
      let whole: Float32Array[] | undefined;
      try {
        const { samples } = readWav(bytes, options);
        whole = samples;
        expect(samples.reduce((sum, channel) => sum + channel.length, 0)).toBeLessThanOrEqual(bytes.length);
      } catch (error) {
        errors++;
        expect((error as Error).message).toMatch(/^readWav: bad\.wav must /);
      }
      try {
        let count = 0;
        for await (const { samples } of streamWav(pieces(bytes), options)) count += samples.length * samples[0]!.length;
        expect(whole && count).toBe(whole && whole.length * whole[0]!.length);
        expect(whole).toBeDefined();
      } catch (error) {
        expect((error as Error).message).toMatch(/^streamWav: bad\.wav must /);
        const second = (error as Error).message.includes('got a second one');
        expect(second || whole === undefined, (error as Error).message).toBe(true);
      }
    }
    expect(errors).toBeGreaterThan(500);
    expect(errors).toBeLessThan(2000);
  });
});
