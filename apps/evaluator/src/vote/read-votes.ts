import { prettifyError } from 'zod';
import { votesSchema, type VoteKey, type Votes } from './vote-kit';

/** A file of votes: its name and its content. */
export interface VoteFile {
  readonly name: string;
  readonly text: string;
}

/** Files that count, and those that don't, each with why. */
export interface ReadVotes {
  readonly votes: readonly Votes[];
  readonly leftOut: readonly { readonly name: string; readonly reason: string }[];
}

/** Reads files of votes. What is damaged, of another kit, or a voter's second file is named and left out. */
export function readVotes(files: readonly VoteFile[], key: VoteKey): ReadVotes {
  const votes: Votes[] = [];
  const leftOut: { name: string; reason: string }[] = [];
  for (const { name, text } of files) {
    const read = readOne(text, key);
    const again = typeof read === 'string' ? undefined : votes.find(({ voter }) => voter === read.voter);
    if (typeof read === 'string') leftOut.push({ name, reason: read });
    else if (again) leftOut.push({ name, reason: `${read.voter} has voted already` });
    else votes.push(read);
  }
  return { votes, leftOut };
}

/** The votes of a file, or what is wrong with it. */
function readOne(text: string, key: VoteKey): Votes | string {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    return 'it is not JSON';
  }
  const parsed = votesSchema.safeParse(content);
  if (!parsed.success) return `it is not a file of votes: ${prettifyError(parsed.error).replaceAll('\n', ' ')}`;
  const { kit, votes } = parsed.data;
  if (kit !== key.kit) return `it is of another kit, ${kit}`;
  if (Object.keys(votes).length === 0) return 'it holds no vote';
  const unknown = Object.keys(votes).find((id) => !Object.hasOwn(key.items, id));
  return unknown === undefined ? parsed.data : `it votes on ${unknown}, which the kit does not hold`;
}
