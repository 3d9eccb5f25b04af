#!/usr/bin/env node
import { createProgress, startProgram } from '@cmcgan/command-line';
import packageJson from '../package.json';
import { runProgram } from './cli/program';

const progress = createProgress(process.stderr, () => performance.now());

startProgram({
  name: 'cmcgan',
  beforeError: () => progress.finish(),
  run: ({ args }) => runProgram(args, { version: packageJson.version, progress }),
});
