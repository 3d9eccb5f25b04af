import { ANSWERS } from '@cmcgan/evaluation';
import { z } from 'zod';

export const KEY_FORMAT = 'cmcgan-vote-key/1';
export const VOTES_FORMAT = 'cmcgan-votes/1';

/** key.json of a kit: which sample is whose. It stays with who makes the vote. */
export const keySchema = z.object({
  format: z.literal(KEY_FORMAT),
  /** Names the kit; votes for another one don't count. */
  kit: z.string(),
  seed: z.number(),
  /** In the order that they were named in. */
  models: z.array(z.string()),
  items: z.record(z.string(), z.object({ model: z.string(), modality: z.enum(['image', 'sound']), pair: z.string() })),
});
export type VoteKey = z.infer<typeof keySchema>;

/** The file that the page gives a voter. */
export const votesSchema = z.object({
  format: z.literal(VOTES_FORMAT),
  kit: z.string(),
  voter: z.string().trim().min(1),
  votes: z.record(z.string(), z.enum(ANSWERS)),
});
export type Votes = z.infer<typeof votesSchema>;

/** A sample as the page shows it: what was given, and what was generated from it, as data URIs. Nothing of it says whose it is. */
export interface PageItem {
  readonly id: string;
  readonly modality: 'image' | 'sound';
  readonly instrument: string;
  readonly image: string;
  readonly wav: string;
  readonly spectrogram: string;
}
