import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { createRandom } from '@cmcgan/random';
import { INSTRUMENTS, type Instrument } from '../../reading/instruments';
import { drawPicture, type Picture } from './draw-picture';
import { randomFraming, randomPerson, randomPlace } from './palette';

function picture(instrument: Instrument, changes: Partial<Picture> = {}): Picture {
  const random = createRandom(5);
  const look = { person: randomPerson(random), place: randomPlace(random), framing: { scale: 1, moveX: 0, moveY: 0 } };
  return { instrument, ...look, position: 0.5, loudness: 0.5, stroke: 0, ...changes };
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

  it('moves the hand by at least a fifth of the picture over the range, in a straight line', () => {
    const [low, middle, high] = [0, 0.5, 1].map((position) => drawPicture(picture(instrument, { position }), 128).hand);
    expect(Math.hypot(high.x - low.x, high.y - low.y)).toBeGreaterThan(0.2);
    expect(middle.x).toBeCloseTo((low.x + high.x) / 2, 6);
    expect(middle.y).toBeCloseTo((low.y + high.y) / 2, 6);
  });

  it('shows loudness, person and place', async () => {
    const base = await pixelsOf(picture(instrument, { stroke: 0.7 }));
    const louder = await pixelsOf(picture(instrument, { loudness: 1, stroke: 0.7 }));
    const seeds = [1, 2, 3, 4, 5, 6, 7, 8].map((seed) => createRandom(seed));
    const otherPerson = seeds.map(randomPerson).find(({ clothes }) => clothes !== picture(instrument).person.clothes);
    const otherPlace = seeds.map(randomPlace).find(({ floor }) => floor !== picture(instrument).place.floor);
    const person = await pixelsOf(picture(instrument, { stroke: 0.7, person: otherPerson }));
    const place = await pixelsOf(picture(instrument, { stroke: 0.7, place: otherPlace }));
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
});
