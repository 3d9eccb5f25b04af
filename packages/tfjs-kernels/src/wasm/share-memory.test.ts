import { expect, it } from 'vitest';
import { shareMemory } from './share-memory';

/** A module that only defines a memory: header, then the section with one memory of the given limits. */
const moduleOf = (...limits: number[]): Uint8Array =>
  Uint8Array.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 5, limits.length + 1, 1, ...limits]);

const exported = [7, 5, 1, 1, 0x6d, 2, 0]; // exports memory 0 as "m"

it('makes a memory shared and leaves the original alone', async () => {
  const original = Uint8Array.from([...moduleOf(1, 1, 2), ...exported]);
  const { instance } = await WebAssembly.instantiate(shareMemory(original));
  expect((instance.exports.m as WebAssembly.Memory).buffer).toBeInstanceOf(SharedArrayBuffer);
  expect(original[11]).toBe(1);
});

it('reads sizes of more than one byte', async () => {
  const custom = [0, 0x82, 0x01, 1, 0x78, ...new Array<number>(128).fill(9)]; // a custom section "x" of 130 bytes
  const [header, rest] = [moduleOf(1, 1, 2).slice(0, 8), moduleOf(1, 1, 2).slice(8)];
  const { instance } = await WebAssembly.instantiate(shareMemory(Uint8Array.from([...header, ...custom, ...rest, ...exported])));
  expect((instance.exports.m as WebAssembly.Memory).buffer).toBeInstanceOf(SharedArrayBuffer);
});

it('says what is missing', () => {
  expect(() => shareMemory(moduleOf(0, 1))).toThrow('shareMemory: binary must declare a maximum for its memory, got none');
  expect(() => shareMemory(Uint8Array.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]))).toThrow('binary must define a memory, got none');
});
