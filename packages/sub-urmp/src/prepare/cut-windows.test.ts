import { describe, expect, it } from 'vitest';
import { cutWindows } from './cut-windows';

/** Noise-free tones at a level (dB of full scale RMS) for so many milliseconds each. */
function tones(...parts: [ms: number, levelDb: number][]): Float32Array {
  const pieces = parts.map(([ms, levelDb]) => {
    const amplitude = Math.SQRT2 * 10 ** (levelDb / 20);
    return Float32Array.from({ length: ms * 44.1 }, (_, i) => amplitude * Math.sin((2 * Math.PI * 100 * i) / 44_100));
  });
  return Float32Array.from(pieces.flatMap((piece) => [...piece]));
}

describe('cutWindows', () => {
  it('lays half seconds from the start to the last whole one, named by their middle', () => {
    const { windows, silentCount } = cutWindows(tones([1000, -20]), { stepMs: 100 });
    expect(windows.map(({ timeMs }) => timeMs)).toEqual([250, 350, 450, 550, 650, 750]);
    expect(windows.map(({ start }) => start)).toEqual([0, 4410, 8820, 13230, 17640, 22050]);
    expect(silentCount).toBe(0);
  });

  it('takes one window of a recording of just half a second, none of a shorter one', () => {
    expect(cutWindows(tones([500, -20]), { stepMs: 100 }).windows).toHaveLength(1);
    expect(cutWindows(tones([500, -20]).subarray(1), { stepMs: 100 }).windows).toHaveLength(0);
  });

  it('leaves out what lies 40 dB below the loudest window of the recording, and not what lies 39', () => {
    const levels = (quietDb: number) => cutWindows(tones([500, -10], [500, quietDb]), { stepMs: 500 });
    expect(levels(-49)).toMatchObject({ windows: [{ index: 0 }, { index: 1 }], silentCount: 0 });
    expect(levels(-51)).toMatchObject({ windows: [{ index: 0 }], silentCount: 1 });
  });

  it('leaves out what lies below -70 dB of full scale, however quiet the recording', () => {
    const all = tones([500, -69], [500, -71]);
    expect(cutWindows(all, { stepMs: 500 })).toMatchObject({ windows: [{ index: 0 }], silentCount: 1 });
    expect(cutWindows(new Float32Array(44_100), { stepMs: 500 })).toMatchObject({ windows: [], silentCount: 2 });
    const keptAll = cutWindows(all, { stepMs: 500, silence: { belowFullScaleDb: -Infinity } });
    expect(keptAll.silentCount).toBe(0);
  });
});
