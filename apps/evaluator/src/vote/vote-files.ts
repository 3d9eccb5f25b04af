import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { UserError } from '@cmcgan/command-line';
import { ANSWERS } from '@cmcgan/evaluation';
import { readJson } from '@cmcgan/training/node';
import { z } from 'zod';

export const KEY_FORMAT = 'cmcgan-vote-key/1';
export const VOTES_FORMAT = 'cmcgan-votes/1';

/** key.json of a kit: which model made which sample. Voters must not see it. */
export const keySchema = z.object({
  format: z.literal(KEY_FORMAT),
  /** Identifies the kit; votes for another one don't count. */
  kit: z.string(),
  seed: z.number(),
  /** In the order given. */
  models: z.array(z.string()),
  items: z.record(z.string(), z.object({ model: z.string(), modality: z.enum(['image', 'sound']), pair: z.string() })),
});
export type VoteKey = z.infer<typeof keySchema>;

/** The file that a voter saves from the page. */
export const votesSchema = z.object({
  format: z.literal(VOTES_FORMAT),
  kit: z.string(),
  voter: z.string().trim().min(1),
  votes: z.record(z.string(), z.enum(ANSWERS)),
});
export type Votes = z.infer<typeof votesSchema>;

/** The file of a kit that voters must not see. */
export const KEY_FILE = 'key.json';

/** Reads the key of a kit. */
export function readKey(kitFolder: string): Promise<VoteKey> {
  const path = join(kitFolder, KEY_FILE);
  if (existsSync(path)) return readJson(path, keySchema, 'the key of a vote');
  throw new UserError(`${kitFolder} is not a kit: it holds no ${KEY_FILE}; make one with: vote make`);
}

/** The votes that count, and the files that don't, each with the reason. */
export interface ReadVotes {
  readonly votes: readonly Votes[];
  readonly leftOut: readonly { readonly name: string; readonly reason: string }[];
}

/** Reads files of votes. Damaged files, files of another kit, and a voter's second file are left out, each with the reason. */
export async function readVotes(paths: readonly string[], key: VoteKey): Promise<ReadVotes> {
  const votes: Votes[] = [];
  const leftOut: { name: string; reason: string }[] = [];
  for (const path of paths) {
    const read = await readOne(path, key);
    const again = typeof read === 'string' ? undefined : votes.find(({ voter }) => voter === read.voter);
    if (typeof read !== 'string' && !again) votes.push(read);
    else leftOut.push({ name: basename(path), reason: typeof read === 'string' ? read : `${read.voter} has voted already` });
  }
  return { votes, leftOut };
}

/** The votes of a file, or what is wrong with it. */
async function readOne(path: string, key: VoteKey): Promise<Votes | string> {
  const read = await readJson(path, votesSchema, 'a file of votes').catch(({ message }: Error) => message);
  if (typeof read === 'string') return read.replace(`${path} is`, 'it is');
  const { kit, votes } = read;
  if (kit !== key.kit) return `it is of another kit, ${kit}`;
  if (Object.keys(votes).length === 0) return 'it holds no vote';
  const unknown = Object.keys(votes).find((id) => !Object.hasOwn(key.items, id));
  return unknown === undefined ? read : `it votes on ${unknown}, which the kit does not hold`;
}
