import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { endInTime } from './interrupt';

const notes: string[] = [];
const progress = { note: (text: string) => void notes.push(text) };
let exit: ReturnType<typeof vi.spyOn>;

beforeEach(() => {
  vi.useFakeTimers();
  exit = vi.spyOn(process, 'exit').mockImplementation(() => undefined as never);
  notes.length = 0;
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

it('a run that is not saved within its grace period ends, and says from where it resumes', () => {
  const grace = endInTime(20, progress);
  vi.advanceTimersByTime(60_000); // nobody has asked it to end yet
  grace.begin();
  vi.advanceTimersByTime(15_000);
  grace.begin(); // a second SIGTERM gives no more time
  expect(exit).not.toHaveBeenCalled();
  vi.advanceTimersByTime(5_000);
  expect(exit).toHaveBeenCalledWith(130);
  expect(notes).toEqual(['Not saved within --grace-seconds 20: the run ends now, and resumes from its last checkpoint.']);
});

it.each<[string, number | null, boolean]>([
  ['has no grace period', null, false],
  ['has saved in time', 20, true],
])('a run that %s is left alone', (_, seconds, saved) => {
  const grace = endInTime(seconds, progress);
  grace.begin();
  if (saved) grace.dispose();
  vi.advanceTimersByTime(3_600_000);
  expect(exit).not.toHaveBeenCalled();
  expect(notes).toEqual([]);
});
