import { expect, it } from 'vitest';
import { chooseTile, TILES, threadsOf } from './tile';

it.each([
  ['large', { rows: 32_768, columns: 512, depth: 3200 }],
  ['large', { rows: 4096, columns: 256, depth: 12_800, phases: 4 }],
  ['tall', { rows: 262_144, columns: 64, depth: 75 }],
  ['tall', { rows: 262_144, columns: 192, depth: 1600 }], // two large columns would compute 256
  ['square', { rows: 1024, columns: 128, depth: 1600 }], // 8 large tiles would leave most of a GPU idle
  ['square', { rows: 65, columns: 65, depth: 10_000 }],
  ['narrow', { rows: 262_144, columns: 3, depth: 1600 }],
  ['flat', { rows: 16, columns: 512, depth: 12_800 }],
] as const)('the tile is %s for %j', (name, size) => expect(chooseTile(size)).toBe(TILES[name]));

it('a workgroup has no more threads than every device allows', () => {
  expect(Math.max(...Object.values(TILES).map(threadsOf))).toBe(256);
});
