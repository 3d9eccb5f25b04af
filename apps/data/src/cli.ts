import { createProgress, startProgram } from '@cmcgan/command-line';
import { createProgram } from './program';
import { REMEDIES } from './remedies';

const progress = createProgress(process.stdout, () => performance.now());

startProgram({
  name: 'data',
  remedies: REMEDIES,
  beforeError: () => progress.finish(),
  run: ({ args, folder }) => createProgram({ folder, progress }).run(args),
});
