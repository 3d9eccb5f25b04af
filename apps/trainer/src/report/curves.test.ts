import { expect, it } from 'vitest';
import type { LogLine } from '@cmcgan/training/node';
import { curvesOf } from './curves';

const line = (step: number): LogLine => ({
  step,
  epoch: 1,
  discriminator: { total: 3, wrong: 1, fake: 2 },
  generator: { total: 10 + step, consistency: step },
  stepMs: 5,
  pairsPerSecond: 40,
  residentBytes: 2 ** 20 * 300,
});

it('draws the discriminator with its parts, and each part of the generator by itself', () => {
  const { steps, charts, stepsPerPoint } = curvesOf([line(1), line(2)]);
  expect([steps, stepsPerPoint]).toEqual([[1, 2], 1]);
  expect(charts.map(({ title, curves }) => [title, curves.map(({ label }) => label)])).toEqual([
    ['Discriminator loss', ['total', 'wrong', 'fake']],
    ['Generator: total loss', ['total']],
    ['Generator: consistency loss', ['consistency']],
    ['Speed', ['pairs per second']],
    ['Memory', ['of the process']],
  ]);
  expect(charts[1].curves[0].values).toEqual([11, 12]);
  expect(charts[4].curves[0].values).toEqual([300, 300]);
});

it('joins steps of a long log into means', () => {
  const { steps, charts, stepsPerPoint } = curvesOf(Array.from({ length: 4001 }, (_, index) => line(index + 1)));
  expect([stepsPerPoint, steps[0], steps.at(-1)]).toEqual([3, 3, 4001]);
  expect(charts[2].curves[0].values.slice(0, 2)).toEqual([2, 5]);
});

it('a loss that is no number leaves a gap', () => {
  const broken = { ...line(2), generator: { total: null, consistency: 1 } };
  expect(curvesOf([line(1), broken, line(3)]).charts[1].curves[0].values).toEqual([11, null, 13]);
});

it('draws the scores of a judge, with gaps where nothing was scored', () => {
  const judge = { score: 0.5, soundToImage: 0.4, imageToSound: 0.6, n: 10, best: true };
  const { charts } = curvesOf([line(1), { ...line(2), judge }, line(3)]);
  const chart = charts.find(({ title }) => title === 'Recognised by the judge');
  expect(chart?.curves.map(({ values }) => values)).toEqual([
    [null, 0.4, null],
    [null, 0.6, null],
  ]);
});

it('of an empty log are none', () => expect(curvesOf([])).toEqual({ steps: [], stepsPerPoint: 1, charts: [] }));
