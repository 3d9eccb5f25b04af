import { describe, expect, it } from 'vitest';
import { describeEnding, describeFailure, type EndedRun } from './describe-ending';
import { DivergedError } from '@cmcgan/training';

const run = (changes: Partial<EndedRun> = {}): EndedRun => ({
  options: { epochs: 16, maxSteps: null, maxMinutes: 4.5 },
  ...{ stepsPerEpoch: 50, totalSteps: 800, stopReason: null, interrupt: { signal: null } },
  ...changes,
});
const limited = { options: { epochs: 16, maxSteps: 50, maxMinutes: 4.5 }, totalSteps: 50 };

describe('describeEnding', () => {
  it.each<[string, EndedRun, number, string, string]>([
    ['time', run(), 523, 'max-minutes', 'Ended by --max-minutes 4.5 after 523 of 800 steps.'],
    ['all epochs, though time is over too', run(), 800, 'epochs', 'All 16 epochs are done: 800 steps.'],
    ['a limit of steps', run(limited), 50, 'max-steps', 'Ended by --max-steps 50 after 50 of 800 steps.'],
    ['time before a limit of steps', run(limited), 49, 'max-minutes', 'Ended by --max-minutes 4.5 after 49 of 800 steps.'],
    ['time before the first step', run(), 0, 'max-minutes', 'Ended by --max-minutes 4.5, used up before the first of 800 steps.'],
    [
      'Ctrl-C',
      run({ interrupt: { signal: 'SIGINT' } }),
      120,
      'stopped',
      'Stopped by Ctrl-C after 120 of 800 steps; --resume goes on from there.',
    ],
    [
      'another process',
      run({ interrupt: { signal: 'SIGTERM' } }),
      7,
      'stopped',
      'Stopped by another process (SIGTERM) after 7 of 800 steps; --resume goes on from there.',
    ],
    [
      'a closed terminal',
      run({ interrupt: { signal: 'SIGHUP' } }),
      7,
      'stopped',
      'Stopped when its terminal was closed (SIGHUP) after 7 of 800 steps; --resume goes on from there.',
    ],
    ['a collapse, even in the last epoch', run({ stopReason: 'Stopped: it fell.' }), 800, 'collapsed', 'Stopped: it fell.'],
  ])('%s', (_, ended, step, reason, sentence) => {
    expect(describeEnding(ended, { step })).toEqual({ reason, sentence });
  });

  it('of one epoch and one step is English too', () => {
    const tiny = run({ options: { epochs: 1, maxSteps: null, maxMinutes: null }, stepsPerEpoch: 1, totalSteps: 1 });
    expect(describeEnding(tiny, { step: 1 }).sentence).toBe('The only epoch is done: 1 step.');
  });
});

describe('describeFailure', () => {
  it('tells a divergence from other errors', () => {
    expect(describeFailure(run(), { step: 3 }, new DivergedError('the loss is NaN at step 3'))).toEqual({
      reason: 'diverged',
      sentence: 'Diverged: the loss is NaN at step 3.',
    });
    expect(describeFailure(run(), { step: 3 }, new Error('the disk is gone.'))).toEqual({
      reason: 'failed',
      sentence: 'Failed after 3 of 800 steps: the disk is gone.',
    });
  });
});
