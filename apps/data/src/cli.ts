import { createProgress, startProgram } from '@cmcgan/command-line';
import { createProgram } from './program';

const progress = createProgress(process.stdout, () => performance.now());

startProgram({
  name: 'data',
  beforeError: () => progress.finish(),
  run: ({ args, folder }) => createProgram({ folder, progress }).run(args),
});
