import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { createRandom } from '@cmcgan/random';
import { INSTRUMENTS, type Instrument } from '../../reading/instruments';
import { drawPicture, type Picture } from './draw-picture';
import { randomFinish } from './materials';
import { randomFraming, randomLight, randomPerson, randomPlace } from './palette';

function picture(instrument: Instrument, changes: Partial<Picture> = {}): Picture {
  const random = createRandom(5);
  const look = { person: randomPerson(random), place: randomPlace(random), light: randomLight(random) };
  const framing = { scale: 1, moveX: 0, moveY: 0, degrees: 0 };
  return {
    instrument,
    ...look,
    framing,
    finish: randomFinish(random, instrument),
    position: 0.5,
    loudness: 0.5,
    stroke: 0,
    ...changes,
  };
}

async function pixelsOf(shown: Picture): Promise<Uint8Array> {
  return new Uint8Array(
    await sharp(Buffer.from(drawPicture(shown, 128).svg))
      .flatten()
      .raw()
      .toBuffer(),
  );
}

/** Mean absolute difference over the picture, 0 to 255. */
function difference(a: Uint8Array, b: Uint8Array): number {
  return a.reduce((sum, value, i) => sum + Math.abs(value - b[i]), 0) / a.length;
}

describe.each(INSTRUMENTS)('drawPicture: %s', (instrument) => {
  it('keeps the moving hand inside the picture for every framing, pitch and loudness', () => {
    const random = createRandom(6);
    for (let i = 0; i < 40; i++) {
      const [position, loudness] = [random.uniform(), random.uniform()];
      const { x, y } = drawPicture(picture(instrument, { position, loudness, framing: randomFraming(random) }), 128).hand;
      expect(Math.min(x, y, 1 - x, 1 - y)).toBeGreaterThan(0.02);
    }
  });

  it('moves the hand by at least a quarter of the picture over the range, evenly', () => {
    const track = [0, 0.25, 0.5, 0.75, 1].map((position) => drawPicture(picture(instrument, { position }), 128).hand);
    const steps = track.slice(1).map(({ x, y }, i) => Math.hypot(x - track[i].x, y - track[i].y));
    expect(Math.hypot(track[4].x - track[0].x, track[4].y - track[0].y)).toBeGreaterThan(0.25);
    expect(Math.max(...steps) / Math.min(...steps)).toBeLessThan(2);
  });

  it('shows loudness, person, place and light', async () => {
    const base = await pixelsOf(picture(instrument, { stroke: 0.7 }));
    const louder = await pixelsOf(picture(instrument, { loudness: 1, stroke: 0.7 }));
    const seeds = [1, 2, 3, 4, 5, 6, 7, 8].map((seed) => createRandom(seed));
    const otherPerson = seeds.map(randomPerson).find(({ clothes }) => clothes !== picture(instrument).person.clothes);
    const otherPlace = seeds.map(randomPlace).find(({ floor }) => floor !== picture(instrument).place.floor);
    const person = await pixelsOf(picture(instrument, { stroke: 0.7, person: otherPerson }));
    const place = await pixelsOf(picture(instrument, { stroke: 0.7, place: otherPlace }));
    const light = await pixelsOf(
      picture(instrument, { stroke: 0.7, light: { direction: 1, contrast: 0.4, warmth: -1, exposure: -1 } }),
    );
    expect(difference(base, light)).toBeGreaterThan(3);
    expect(difference(base, louder)).toBeGreaterThan(0.5);
    expect(difference(base, person)).toBeGreaterThan(1);
    expect(difference(base, place)).toBeGreaterThan(3);
  });
});

describe('drawPicture', () => {
  it('draws in the size asked for', async () => {
    const { svg } = drawPicture(picture('cello'), 96);
    const { width, height } = await sharp(Buffer.from(svg)).metadata();
    expect([width, height]).toEqual([96, 96]);
  });

  it('gives every instrument a picture of its own', async () => {
    const all = await Promise.all(INSTRUMENTS.map((instrument) => pixelsOf(picture(instrument))));
    all.forEach((a, i) => all.slice(0, i).forEach((b) => expect(difference(a, b)).toBeGreaterThan(4)));
  });

  it.each([
    ['viola', 'violin'],
    ['oboe', 'clarinet'],
    ['cello', 'double_bass'],
  ] as const)('tells %s from %s by more than colour', async (one, other) => {
    const finish = randomFinish(createRandom(1), one);
    const [a, b] = await Promise.all([one, other].map((instrument) => pixelsOf(picture(instrument, { finish }))));
    expect(difference(a, b)).toBeGreaterThan(4);
  });
});
