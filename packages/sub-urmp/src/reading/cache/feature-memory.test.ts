import { expect, it } from 'vitest';
import { createFeatureMemory } from './feature-memory';

it('holds what came first, never more than its bound', () => {
  const memory = createFeatureMemory(10);
  memory.put('a', new Uint8Array(6));
  memory.put('b', new Uint8Array(5));
  memory.put('c', new Uint8Array(4));
  memory.put('a', new Uint8Array(6));
  expect([memory.get('a')?.length, memory.get('b')?.length, memory.get('c')?.length]).toEqual([6, undefined, 4]);
});
