import { startProgram } from '@cmcgan/command-line';
import { createProgram } from './server/program';

startProgram({ name: 'studio', run: ({ args, folder }) => createProgram(folder).run(args) });
