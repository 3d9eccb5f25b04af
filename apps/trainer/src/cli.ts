import { startProgram } from '@cmcgan/command-line';
import packageJson from '../package.json';
import { createProgram } from './commands/program';
import { REMEDIES } from './options/remedies';

startProgram({
  name: 'trainer',
  remedies: REMEDIES,
  run: ({ args, folder }) => createProgram({ folder, trainerVersion: packageJson.version }).run(args),
});
