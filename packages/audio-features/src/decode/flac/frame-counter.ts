import type { FrameHeader } from './frame-header';

/** Detects missing and misplaced frames. */
export interface FrameCounter {
  /** What is wrong with the frame's number; undefined if it follows on from the one before. The first frame may have any number. */
  check(header: FrameHeader): string | undefined;
}

export function createFrameCounter(): FrameCounter {
  let next: { frame: number; sample: number } | undefined;
  let index = 0;
  return {
    check({ countsSamples, number, blockSize }) {
      const expected = next;
      // Encoders before 2007 counted samples without flagging it.
      const follows = number === expected?.sample || (!countsSamples && number === expected?.frame);
      next = { frame: number + 1, sample: number + blockSize };
      const frame = index++;
      if (!expected || follows) return undefined;
      const [unit, due] = countsSamples ? ['sample', expected.sample] : ['number', expected.frame];
      return `frame ${frame} with ${unit} ${number} instead of ${due} (frames are missing or out of order)`;
    },
  };
}
