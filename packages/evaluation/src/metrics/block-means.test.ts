import { describe, expect, it } from 'vitest';
import { blockMeans } from './block-means';

describe('blockMeans', () => {
  it('averages each block of each channel', () => {
    // Rows of a 2×4 picture with two channels: 1, 2 | 3, 4 and 5, 6 | 7, 8; the second channel is ten times the first.
    const values = [1, 2, 3, 4, 5, 6, 7, 8].flatMap((value) => [value, 10 * value]);
    expect([...blockMeans(values, [2, 4, 2], [1, 2])]).toEqual([3.5, 35, 5.5, 55]);
  });

  it('leaves a sample of as many blocks as values as it is', () => {
    expect([...blockMeans([1, 2, 3, 4], [2, 2, 1], [2, 2])]).toEqual([1, 2, 3, 4]);
  });

  it('refuses blocks that do not divide the sample', () => {
    expect(() => blockMeans([1, 2, 3], [1, 3, 1], [1, 2])).toThrow('divisible into 1 × 2 blocks, got 3');
  });
});
