import { describeError } from '@cmcgan/command-line';
import { describe, expect, it } from 'vitest';
import { GENERATE_FLAGS } from '../commands/generate-command';
import { TRAIN_FLAGS } from '../commands/train-flags';
import { REMEDIES } from './remedies';

describe('the way on', () => {
  it.each(Object.keys(REMEDIES))('names a flag that there is where a library would name its option %s', (option) => {
    const error = Object.assign(new Error(`openThing: no; pass ${option}`), { problem: 'no', remedy: { option } });
    const text = describeError(error, REMEDIES);
    expect(text).toMatch(/^no; /);
    expect(text).not.toContain(option === 'checkpoint' ? 'openThing' : option);
    const flags = [...text.matchAll(/--([a-z-]+)/g)].map(([, name]) => name);
    expect(flags.length).toBeGreaterThan(0);
    const known = [...TRAIN_FLAGS, ...GENERATE_FLAGS].map(({ name }) => name);
    expect(known).toEqual(expect.arrayContaining(flags));
  });
});
