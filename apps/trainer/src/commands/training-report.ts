import { join, relative } from 'node:path';
import { formatDuration } from '../progress/format-step';
import { SAMPLE_FOLDERS } from '../samples/sample-folders';
import { REPORT_FILE } from '../report/report-file';
import type { RunSummary } from '../training/train';

/** The shorter form of a path: relative to `base` if it lies inside, else absolute. */
function shortPath(path: string, base: string): string {
  const fromBase = relative(base, path);
  return fromBase.startsWith('..') ? path : fromBase;
}

/** Where the run is saved; nothing is if Ctrl-C came while the judge was being trained. */
const whatIsSaved = ({ position }: RunSummary, checkpoint: string) =>
  position.step === 0 ? 'There was nothing to save yet.' : `Everything so far is saved in ${checkpoint}`;

/** Given a run folder, `generate` uses the best checkpoint if a judge chose one, else the last. */
const howToGenerate = (folder: string) => [
  'To try it on a file of your own:',
  `  npx pnpm --filter trainer start generate --checkpoint ${folder} --image photo.jpg --out sound.wav`,
  `  npx pnpm --filter trainer start generate --checkpoint ${folder} --sound note.wav --out picture.png`,
];

/** The final summary of a run: what was done, why it ended, and where to look. Paths inside `base` are written relative to it. */
export function trainingReport(summary: RunSummary, base: string): string {
  const { position, interrupted, ending, seconds, peakBytes, unreadablePairs } = summary;
  const folder = shortPath(summary.folder, base);
  const checkpoint = shortPath(summary.checkpoint, base);
  const steps = `${position.step} step${position.step === 1 ? '' : 's'}`;
  const figures = `${steps} in ${formatDuration(seconds)}, at most ${(peakBytes / 2 ** 30).toFixed(1)} GiB of memory`;
  const samples = join(folder, 'samples');
  return [
    interrupted ? `Stopped: ${figures}. ${whatIsSaved(summary, checkpoint)}` : `Done: ${figures}.`,
    ending.sentence,
    `  everything on one page ${join(folder, REPORT_FILE)}`,
    `  pictures from sounds   ${join(samples, SAMPLE_FOLDERS.soundToImage)}`,
    `  sounds from pictures   ${join(samples, SAMPLE_FOLDERS.imageToSound)}, to play: ${join(samples, SAMPLE_FOLDERS.sounds)}`,
    `  losses of every step   ${join(folder, 'log.jsonl')}`,
    ...(position.step > 0 ? [`  checkpoint             ${checkpoint}`] : []),
    ...(unreadablePairs > 0
      ? [
          `  left out               ${unreadablePairs} pair${unreadablePairs === 1 ? '' : 's'} that could no longer be read (see the warnings above)`,
        ]
      : []),
    ...(interrupted ? ['To resume it:', `  npx pnpm --filter trainer start --resume ${folder}`] : []),
    ...(position.step > 0 ? howToGenerate(folder) : []),
  ].join('\n');
}
