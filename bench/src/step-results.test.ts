import { describe, expect, it } from 'vitest';
import { median, ratioOf } from './statistics';
import { describeOtherWork, fastest, stepCells, stepRow, widthName, type Timed } from './step-results';
import { markdownTable, table } from './table';
import { contendersOf } from './torch-modes';

const GIB = 2 ** 30;
const timed = (name: string, seconds: number[], otherWork?: number): Timed => ({
  name,
  blocks: seconds.map((each, round) => ({ seconds: each, fastestSeconds: each, peakBytes: GIB / (1 + round), otherWork })),
});

describe('ratioOf', () => {
  it('compares the times of the same round, and so ignores how busy a round was', () => {
    expect(ratioOf([1, 2, 4], [2, 4, 8])).toEqual({ median: 2, lowest: 2, highest: 2 });
    expect(ratioOf([1, 1, 1], [3, 1, 2])).toEqual({ median: 2, lowest: 1, highest: 3 });
  });

  it('needs as many rounds of both', () => {
    expect(() => ratioOf([1], [1, 2])).toThrow('ratioOf: ours and peers must hold as many rounds, got 1 and 2');
  });
});

it('the median of an even number of values is the mean of the two in the middle', () => {
  expect(median([4, 1, 3, 2])).toBe(2.5);
});

describe('the fastest mode', () => {
  it('is that of the shortest median, not of the shortest lap', () => {
    const [steady, lucky] = [timed('steady', [2, 2, 2]), timed('lucky', [1, 3, 3])];
    expect(fastest([lucky, steady])).toBe(steady);
    expect(fastest([])).toBeUndefined();
  });

  it('is sought among those within a tenth of the fastest first block', () => {
    const tried = [1.11, 1.05, 1, 2].map((seconds) => ({ seconds }));
    expect(contendersOf(tried)).toEqual([{ seconds: 1.05 }, { seconds: 1 }]);
    expect(contendersOf([])).toEqual([]);
  });
});

it.each([
  [0.125, '1/8'],
  [1 / 64, '1/64'],
  [0.3, '0.3'],
  [1, '1'],
  [2, '2'],
])('width %f is named %s', (width, name) => expect(widthName(width)).toBe(name));

describe('results', () => {
  const result = {
    size: 'width 1/8, batch 16',
    ours: timed('Node 24.1.0', [0.1, 0.2, 0.2]),
    peer: timed('PyTorch', [0.3, 0.3, 0.5]),
  };

  it('are one row with medians, the range of the ratios and the peak memory', () => {
    expect(stepCells([result])[1]).toEqual([
      ...['width 1/8, batch 16', 'Node 24.1.0', '0.200 s', 'PyTorch', '0.300 s', '2.50× (1.50–3.00)', '1.00 GiB', '1.00 GiB'],
    ]);
    expect(stepRow(result)).toEqual({
      ...{ name: 'training step, width 1/8, batch 16, Node 24.1.0', oursSeconds: 0.2 },
      ...{ peer: 'PyTorch', peerSeconds: 0.3, ratio: 2.5 },
    });
  });

  it('without a peer have dashes', () => {
    const alone = { ...result, peer: null };
    expect(stepCells([alone])[1]!.slice(3)).toEqual(['–', '–', '–', '1.00 GiB', '–']);
    expect(stepRow(alone)).toMatchObject({ peer: null, peerSeconds: null, ratio: null });
  });

  it('say how much other programs worked meanwhile, and from 5 % on that this spoils them', () => {
    const busy = 'measure again on a quiet machine, or ahead of its other work with chrt -r 1';
    expect(describeOtherWork([timed('a', [1], 0.01), timed('b', [1], 0.03)])).toBe(
      'Other programs used 2 % of the machine meanwhile, at most 3 %.',
    );
    expect(describeOtherWork([timed('a', [1], 0.2)])).toContain(busy);
    expect(describeOtherWork([timed('a', [1])])).toBe('How busy the machine was with other work is not known.');
  });
});

describe('tables', () => {
  const rows = [
    ['step', 'time'],
    ['a', '10 s'],
  ];
  it('align numbers on the right', () => expect(table(rows)).toBe('step  time\n----  ----\na     10 s'));
  it('in Markdown look as Prettier leaves them', () =>
    expect(markdownTable(rows)).toBe('| step | time |\n| ---- | ---- |\n| a    | 10 s |'));
});
