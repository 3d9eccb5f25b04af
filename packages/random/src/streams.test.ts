import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { seededNormal } from './seeded-normal';
import { seededUniform } from './seeded-uniform';

interface Stream {
  seed: number;
  name: string;
  uniform: number[];
  /** Normal draws with standard deviation 0.02. */
  normal: number[];
}

const streams = JSON.parse(readFileSync(new URL('../test/fixtures/streams.json', import.meta.url), 'utf8')) as Stream[];

describe.each(streams)('seed $seed, name $name', ({ seed, name, uniform, normal }) => {
  it('gives the uniform draws that Python computes', () => {
    const draw = seededUniform(seed, name);
    expect(uniform.map(draw)).toEqual(uniform);
  });

  it('gives the normal draws that Python computes, an odd number of them too', () => {
    const values = seededNormal(seed, name, normal.length, 0.02);
    expect(values).toHaveLength(normal.length);
    values.forEach((value, i) => expect(value).toBeCloseTo(normal[i], 8));
  });
});

it('seededUniform works from its own text, as a page holds it', () => {
  const onPage = new Function(`return ${String(seededUniform)}`)() as typeof seededUniform;
  const [ours, theirs] = [seededUniform(3, 'voter'), onPage(3, 'voter')];
  for (let i = 0; i < 10; i++) expect(theirs()).toBe(ours());
});

it('seededNormal gives another layer other weights, whatever the seed', () => {
  expect(seededNormal(1, 'a', 4, 1)).not.toEqual(seededNormal(1, 'b', 4, 1));
  expect(seededNormal(1, 'a', 4, 1)).not.toEqual(seededNormal(2, 'a', 4, 1));
});
