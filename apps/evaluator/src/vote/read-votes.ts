import { parseJson } from '../files/read-json';
import { votesSchema, type VoteKey, type Votes } from './vote-kit';

/** A file of votes: its name and its content. */
export interface VoteFile {
  readonly name: string;
  /** Null where it cannot be read. */
  readonly text: string | null;
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
function readOne(text: string | null, key: VoteKey): Votes | string {
  if (text === null) return 'it cannot be read';
  const read = parseJson(text, votesSchema);
  if ('reason' in read) return `it is no file of votes: ${read.reason}`;
  const { kit, votes } = read.value;
  if (kit !== key.kit) return `it is of another kit, ${kit}`;
  if (Object.keys(votes).length === 0) return 'it holds no vote';
  const unknown = Object.keys(votes).find((id) => !Object.hasOwn(key.items, id));
  return unknown === undefined ? read.value : `it votes on ${unknown}, which the kit does not hold`;
}
