import { join, resolve } from 'node:path';
import { startBackend } from '@cmcgan/backends';
import { assertAddressSpace, assertCanWrite, textTable, usageError, UserError, wholeNumberFlag } from '@cmcgan/command-line';
import { PAPER_VOTES, percent, percentInterval, RATES, tallyVotes, type Rate, type Tally } from '@cmcgan/evaluation';
import { writeAtomically } from '@cmcgan/training/node';
import type { EvaluateFlags } from '../options/evaluate-options';
import type { MakeKitOptions } from '../vote/make-kit';
import type { CommandDependencies } from './evaluate-command';
import { KEY_FILE, readKey, readVotes } from '../vote/vote-files';
import { votePage } from '../vote/vote-page';

/** The flags of `vote make` as commander gives them. */
export type VoteMakeFlags = Pick<
  EvaluateFlags,
  'run' | 'data' | 'dataCache' | 'out' | 'checkpoint' | 'skipBroken' | 'seed' | 'threads'
>;

/** Makes a kit: page/index.html for the voters, key.json to count their votes with. Resolves to the process's exit code. */
export async function voteMakeCommand(flags: VoteMakeFlags, { folder, progress }: CommandDependencies): Promise<number> {
  const { out, threads, ...options } = resolveVoteOptions(flags, folder);
  await assertCanWrite(out);
  assertAddressSpace('evaluate');
  const { makeKit } = await import('../vote/make-kit'); // slow to load: flags are checked first
  const backend = await startBackend('wasm', { threads });
  try {
    const { key, items } = await makeKit(options, progress);
    const page = join(out, 'page', 'index.html');
    const json = `${JSON.stringify(key, null, 1)}\n`;
    await writeAtomically(join(out, KEY_FILE), json, { makeFolders: true }); // first: a page without its key is useless
    await writeAtomically(page, votePage(key.kit, items), { makeFolders: true });
    progress.note(
      `For the voters: ${page} (${items.length} samples; opens straight from disk). Keep ${KEY_FILE}: it says which model made each.`,
    );
    return 0;
  } finally {
    await backend.dispose();
  }
}

function resolveVoteOptions(
  flags: VoteMakeFlags,
  folder: string,
): MakeKitOptions & { readonly out: string; readonly threads: number | null } {
  const { run = [], out, checkpoint, skipBroken = false } = flags;
  const path = (text: string | undefined) => (text === undefined ? null : resolve(folder, text));
  if (run.length < 2) throw usageError('name the models to compare: --run runs/cmcgan --run runs/s2ic,runs/i2s');
  if (out === undefined) throw usageError('name a folder for the kit: --out kit');
  return {
    models: run.map((text) => text.split(',').map((name) => resolve(folder, name.trim()))),
    ...{ data: path(flags.data), dataCache: path(flags.dataCache), checkpoint, skipBroken },
    seed: wholeNumberFlag(flags.seed, { name: 'seed', fallback: 1, minimum: 0 }),
    out: resolve(folder, out),
    threads: flags.threads === undefined ? null : wholeNumberFlag(flags.threads, { name: 'threads', fallback: 1, minimum: 1 }),
  };
}

/** Counts files of votes for a kit, prints the rates, and stores them in tally.json. Resolves to the process's exit code. */
export async function voteTallyCommand(
  kit: string,
  files: readonly string[],
  { folder, progress }: CommandDependencies,
): Promise<number> {
  const kitFolder = resolve(folder, kit);
  const key = await readKey(kitFolder);
  const paths = files.map((name) => resolve(folder, name));
  const { votes, leftOut } = await readVotes(paths, key);
  for (const { name, reason } of leftOut) progress.note(`left out ${name}: ${reason}`);
  if (votes.length === 0) throw new UserError('none of the files holds votes for this kit');
  const tally = tallyVotes(key, votes);
  const result = { kit: key.kit, voters: votes.length, leftOut, tally };
  await writeAtomically(join(kitFolder, 'tally.json'), `${JSON.stringify(result, null, 1)}\n`);
  for (const line of printTally(tally, votes.length)) progress.note(line);
  return 0;
}

/** A tally as lines for a terminal: a row for each model and rate, and the paper's rates. */
function printTally(tally: Tally, voters: number): string[] {
  const rows = Object.entries(tally).flatMap(([model, rates]) =>
    RATES.map((name) => [model, name, rateText(rates[name].voters), rateText(rates[name].answers)]),
  );
  const paper = RATES.map((name) => `${name} ${percent(PAPER_VOTES[name].ours)} against ${percent(PAPER_VOTES[name].existing)}`);
  return [
    `${voters} voter${voters === 1 ? '' : 's'}; I: images, S: sounds; AST: satisfactory, AAT: at least acceptable; [95 % interval]`,
    ...textTable([['model', 'rate', 'of voters', 'of answers'], ...rows]),
    `The paper, ${PAPER_VOTES.voters} voters, CMCGAN against the existing model: ${paper.join(', ')}`,
  ];
}

const rateText = ({ accuracy, correct, n, interval }: Rate['voters']) =>
  n === 0 ? '–' : `${percent(accuracy)} ${percentInterval(interval)} ${correct}/${n}`;
