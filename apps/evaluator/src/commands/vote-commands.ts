import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { startBackend } from '@cmcgan/backends';
import { assertAddressSpace, type Progress, usageError, UserError } from '@cmcgan/command-line';
import { assertCanWrite } from '../files/assert-can-write';
import { readJson } from '../files/read-json';
import { writeAtomically } from '../files/write-atomically';
import { wholeNumber } from '../options/evaluate-options';
import { printTally } from '../vote/print-tally';
import { readVotes } from '../vote/read-votes';
import { tallyVotes } from '../vote/tally-votes';
import { keySchema, type VoteKey } from '../vote/vote-kit';
import { votePage } from '../vote/vote-page';

/** The flags of `vote make` as commander gives them. */
export interface VoteMakeFlags {
  run?: string[];
  data?: string;
  dataCache?: string;
  out?: string;
  checkpoint?: string;
  skipBroken?: boolean;
  seed?: string;
  threads?: string;
}

interface VoteSurroundings {
  readonly folder: string;
  readonly progress: Progress;
}

const KEY_FILE = 'key.json';

/** Makes a kit: page/index.html for the voters, key.json for who asks them. Resolves to the process's exit code. */
export async function voteMakeCommand(flags: VoteMakeFlags, { folder, progress }: VoteSurroundings): Promise<number> {
  const { run = [], out, checkpoint, skipBroken = false } = flags;
  const path = (text: string | undefined) => (text === undefined ? null : resolve(folder, text));
  if (run.length < 2) throw usageError('name the models to compare: --run runs/cmcgan --run runs/s2ic,runs/i2s');
  if (out === undefined) throw usageError('name a folder for the kit: --out kit');
  const seed = wholeNumber(flags.seed, { name: 'seed', fallback: 1, minimum: 0 });
  const threads = flags.threads === undefined ? null : wholeNumber(flags.threads, { name: 'threads', fallback: 1, minimum: 1 });
  const models = run.map((text) => text.split(',').map((path) => resolve(folder, path.trim())));
  const kitFolder = resolve(folder, out);
  await assertCanWrite(kitFolder);
  assertAddressSpace('evaluate');
  const { makeKit } = await import('../vote/make-kit'); // heavy: a mistyped flag is answered before
  const backend = await startBackend('wasm', { threads });
  try {
    const { key, items } = await makeKit(
      { models, data: path(flags.data), dataCache: path(flags.dataCache), checkpoint, skipBroken, seed },
      progress,
    );
    const page = join(kitFolder, 'page', 'index.html');
    await writeAtomically(join(kitFolder, KEY_FILE), `${JSON.stringify(key, null, 1)}\n`); // first: a page without its key is lost
    await writeAtomically(page, votePage(key.kit, items));
    progress.note(
      `For the voters: ${page} (${items.length} samples; it opens from a disk). Keep ${KEY_FILE}: it says whose they are.`,
    );
    return 0;
  } finally {
    await backend.dispose();
  }
}

/** Counts files of votes for a kit, prints the rates, and stores them in tally.json. Resolves to the process's exit code. */
export async function voteTallyCommand(
  kit: string,
  files: readonly string[],
  { folder, progress }: VoteSurroundings,
): Promise<number> {
  const kitFolder = resolve(folder, kit);
  const key = await readKey(kitFolder);
  const read = await Promise.all(
    files.map(async (name) => ({ name: basename(name), text: await readText(resolve(folder, name)) })),
  );
  const { votes, leftOut } = readVotes(read, key);
  for (const { name, reason } of leftOut) progress.note(`left out ${name}: ${reason}`);
  if (votes.length === 0) throw new UserError('none of the files holds votes for this kit');
  const tally = tallyVotes(key, votes);
  const result = { kit: key.kit, voters: votes.length, leftOut, tally };
  await writeAtomically(join(kitFolder, 'tally.json'), `${JSON.stringify(result, null, 1)}\n`);
  for (const line of printTally(tally, votes.length)) progress.note(line);
  return 0;
}

/** The key of a kit. */
function readKey(kitFolder: string): Promise<VoteKey> {
  const path = join(kitFolder, KEY_FILE);
  if (existsSync(path)) return readJson(path, keySchema, 'the key of a vote');
  throw new UserError(`${kitFolder} is not a kit: it holds no ${KEY_FILE}; make one with: vote make`);
}

const readText = (path: string) => readFile(path, 'utf8').catch(() => null);
