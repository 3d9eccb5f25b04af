import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../../../test/temporary-folder';
import { createEventFile } from './event-file';

/** Files written and read by TensorBoard itself; see make-fixture.py there. */
const FIXTURE = fileURLToPath(new URL('../../../test/fixtures/tensorboard/', import.meta.url));
const NAMES = ['events.out.tfevents.1700000000.trainer', 'events.out.tfevents.1700000001.trainer'];

interface ReadByTensorBoard {
  scalars: Record<string, [step: number, wallSeconds: number, value: number][]>;
  images: Record<string, [step: number, width: number, height: number, encoded: string][]>;
  sounds: Record<string, [step: number, rateHz: number, length: number, type: string, encoded: string][]>;
}
const read = JSON.parse(readFileSync(join(FIXTURE, 'read-by-tensorboard.json'), 'utf8')) as ReadByTensorBoard;

const IMAGE = 'samples/sound to image';
const [firstImage, secondImage] = read.images[IMAGE].map(([, , , encoded]) => Buffer.from(encoded, 'base64'));
const [[, , , , violin]] = read.sounds['sounds/violin'];

const losses = (d: number, g: number) => ({ scalars: { 'discriminator/total': d, 'generator/total': g } });
const image = (encoded: Uint8Array) => ({ images: { [IMAGE]: { width: 2, height: 1, encoded } } });
const folder = temporaryFolder('events');

beforeAll(async () => {
  const first = await createEventFile(folder, { firstStep: 1, wallMs: () => 1_700_000_000_500 });
  await first.write(1, losses(2.5, 0.1));
  const sounds = { 'sounds/violin': { sampleRateHz: 8000, length: 3, encoded: Buffer.from(violin, 'base64') } };
  await first.write(2, losses(2.25, 1e-7), image(firstImage), { sounds });
  await first.write(3, losses(2, -3.5));
  await first.write(4, losses(1.75, 12345.678));
  await first.close();
  const second = await createEventFile(folder, { firstStep: 3, wallMs: () => 1_700_000_001_250 });
  await second.write(3, losses(1.5, 7), image(secondImage));
  await second.write(300, losses(1.25, 8));
  await second.close();
});

describe('an event file', () => {
  it.each(NAMES)('%s equals what TensorBoard writes itself, byte for byte', (name) => {
    expect(readFileSync(join(folder, name)).toString('hex')).toBe(readFileSync(join(FIXTURE, name)).toString('hex'));
  });

  it('of a resumed run makes TensorBoard forget the steps that are taken again', () => {
    expect(read.scalars['discriminator/total'].map(([step, , value]) => [step, value])).toEqual([
      [1, 2.5],
      [2, 2.25],
      [3, 1.5],
      [300, 1.25],
    ]);
  });

  it('begun in a second that is taken gets a name behind those that are there', async () => {
    const third = await createEventFile(folder, { firstStep: 301, wallMs: () => 1_600_000_000_000 });
    await third.close();
    expect(readdirSync(folder).sort()).toEqual([...NAMES, 'events.out.tfevents.1700000002.trainer']);
  });

  it('names the file that could not be written', async () => {
    await expect(createEventFile(join(folder, 'nowhere'), { firstStep: 1, wallMs: () => 0 })).rejects.toThrow(/nowhere/);
  });
});
