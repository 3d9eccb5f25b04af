import { describe, expect, it } from 'vitest';
import { describeError } from './describe-error';

class LibraryError extends Error {
  readonly problem = 'openDataset: 2 files are broken';
  readonly remedy = { option: 'onBroken' };
  constructor() {
    super("openDataset: 2 files are broken; onBroken: 'skip' goes on without them");
  }
}

describe('describeError', () => {
  it('suggests the flag if the library suggests an option', () => {
    const line = describeError(new LibraryError(), { onBroken: '--skip-broken goes on without them' });
    expect(line).toBe('openDataset: 2 files are broken; --skip-broken goes on without them');
  });

  it('suggests nothing if the program has no flag for the option', () => {
    expect(describeError(new LibraryError())).toBe('openDataset: 2 files are broken');
  });

  it('keeps the remedy after a long list', () => {
    const error = Object.assign(new Error('x'), { problem: ['many:', 1, 2, 3, 4, 5].join('\n'), remedy: { option: 'a' } });
    expect(describeError(error, { a: 'take --a' })).toBe('many: 1; 2; 3; … and 2 more; take --a');
  });

  it('turns a full disk into a sentence with the remedy', () => {
    const error = Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC', path: '/runs/log.jsonl' });
    expect(describeError(error)).toBe(
      'no space left on the disk while writing /runs/log.jsonl; free some space, or choose another disk with --out',
    );
  });

  it('keeps to one line, also for a list', () => {
    expect(describeError(new Error('files are broken:\n  a.wav: no RIFF'))).toBe('files are broken: a.wav: no RIFF');
    expect(describeError(new Error('broken:\na\nb\nc\nd\ne'))).toBe('broken: a; b; c; … and 2 more');
    expect(describeError(new Error('broken:\na;\nb, and 2 more'))).toBe('broken: a; b, and 2 more');
  });
});
