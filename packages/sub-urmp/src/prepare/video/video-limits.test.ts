import { describe, expect, it } from 'vitest';
import { assertFrameSize, createSoundCollector } from './video-limits';

describe('createSoundCollector', () => {
  it('accepts an hour and no more', () => {
    const { add, pieces } = createSoundCollector('long.mkv');
    const minute = new Uint8Array(60 * 44_100 * 4);
    for (let i = 0; i < 60; i++) add(minute);
    expect(() => add(new Uint8Array(4))).toThrow('prepare: long.mkv must hold at most 60 minutes, got more; cut it into parts');
    expect(pieces).toHaveLength(60);
  });
});

describe('assertFrameSize', () => {
  it('rejects frames larger than any screen', () => {
    expect(() => assertFrameSize('a.mp4', { width: 7680, height: 4320 })).not.toThrow();
    expect(() => assertFrameSize('a.mp4', { width: 16_384, height: 16_384 })).toThrow(
      'prepare: a.mp4 must have frames of at most 100000000 pixels, got 16384×16384',
    );
  });
});
