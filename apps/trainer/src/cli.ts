import { startProgram } from '@cmcgan/command-line';
import packageJson from '../package.json';
import { createProgram } from './commands/program';

startProgram({
  name: 'trainer',
  run: ({ args, folder }) => createProgram({ folder, trainerVersion: packageJson.version }).run(args),
});
