import { describe, expect, it } from 'vitest';
import { addressSpaceShortage } from './address-space';

const GIB = 2 ** 30;
const shortage = (limitGib: number | null, { trapHandler = true, cores = 2 } = {}) =>
  addressSpaceShortage('train', { limitBytes: limitGib === null ? null : limitGib * GIB, trapHandler, cores });

describe('addressSpaceShortage', () => {
  it('asks for 10 GiB for each WebAssembly memory of a training, and for less without the reservations', () => {
    expect(shortage(null)).toBeNull();
    expect([shortage(45), shortage(45, { cores: 3 })?.reason]).toEqual([null, expect.stringContaining('about 55 GiB')]);
    expect([shortage(12, { trapHandler: false }), shortage(11, { trapHandler: false })?.reason]).toEqual([
      null,
      expect.stringContaining('about 12 GiB'),
    ]);
  });

  it('says how to raise or avoid the limit', () => {
    const { reason, remedy } = shortage(2.86)!;
    expect(reason).toContain('limited to 2.9 GiB (ulimit -v)');
    expect(remedy).toMatch(/ulimit -v unlimited .* NODE_OPTIONS=--disable-wasm-trap-handler, with which 12 GiB are enough$/);
    expect(shortage(2.86, { trapHandler: false })!.remedy).not.toContain('NODE_OPTIONS');
  });
});
