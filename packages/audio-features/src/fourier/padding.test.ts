import { describe, expect, it } from 'vitest';
import { fillFrame, type PadMode } from './padding';

describe('fillFrame', () => {
  // Results of numpy.pad([1, 2, 3], (7, 6), mode).
  const rows: [PadMode, number[]][] = [
    ['constant', [0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 0, 0, 0, 0, 0, 0]],
    ['edge', [1, 1, 1, 1, 1, 1, 1, 1, 2, 3, 3, 3, 3, 3, 3, 3]],
    ['reflect', [2, 3, 2, 1, 2, 3, 2, 1, 2, 3, 2, 1, 2, 3, 2, 1]],
    ['symmetric', [1, 1, 2, 3, 3, 2, 1, 1, 2, 3, 3, 2, 1, 1, 2, 3]],
  ];
  it.each(rows)('pads as numpy does: %s', (padMode, expected) => {
    const samples = Float32Array.of(1, 2, 3);
    for (let start = 0; start < expected.length; start++) {
      for (let size = 1; start + size <= expected.length; size++) {
        const frame = new Float32Array(size).fill(9);
        fillFrame(frame, samples, start - 7, padMode);
        expect([...frame]).toEqual(expected.slice(start, start + size));
      }
    }
  });

  it.each(['edge', 'reflect', 'symmetric'] as const)('repeats a single sample: %s', (padMode) => {
    const frame = new Float32Array(5);
    fillFrame(frame, Float32Array.of(4), -2, padMode);
    expect([...frame]).toEqual([4, 4, 4, 4, 4]);
  });
});
