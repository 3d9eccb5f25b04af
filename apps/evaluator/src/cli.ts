import { createProgress, startProgram } from '@cmcgan/command-line';
import packageJson from '../package.json';
import { createProgram } from './commands/program';

const progress = createProgress(process.stdout, () => performance.now());

const SKIP_BROKEN = '--skip-broken leaves them out';

startProgram({
  name: 'evaluator',
  remedies: {
    onBroken: SKIP_BROKEN,
    onMissingHalf: SKIP_BROKEN,
    cacheFolder: 'copy the data to a folder that can be written to keep them',
    checkpoint: '--checkpoint takes another one',
  },
  beforeError: () => progress.finish(),
  run: ({ args, folder }) => createProgram({ folder, progress, version: packageJson.version }).run(args),
});
