import { createProgress, startProgram } from '@cmcgan/command-line';
import packageJson from '../package.json';
import { createProgram } from './commands/program';
import { REMEDIES } from './options/remedies';

const progress = createProgress(process.stdout, () => performance.now());

startProgram({
  name: 'evaluator',
  remedies: REMEDIES,
  beforeError: () => progress.finish(),
  run: ({ args, folder }) => createProgram({ folder, progress, version: packageJson.version }).run(args),
});
