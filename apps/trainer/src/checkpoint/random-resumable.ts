import type { Random } from '@cmcgan/sub-urmp';
import { z } from 'zod';
import type { Resumable } from './resumable';

const wordsSchema = z.array(z.int()).length(4);
const stateSchema = z.object({ origin: wordsSchema, words: wordsSchema });

/** A stream of random numbers as state of a checkpoint. */
export function randomResumable(name: string, random: Random): Resumable {
  return {
    name,
    state() {
      const { origin, words } = random.getState();
      return { json: { origin, words } };
    },
    restore: ({ json }) => random.setState(stateSchema.parse(json)),
  };
}
