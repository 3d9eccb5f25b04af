#!/usr/bin/env node
import { runCli } from './run-cli';

runCli(process.argv.slice(2), console.log).catch((error: Error) => {
  console.error(`tfjs-native: ${error.message}`);
  process.exitCode = 1;
});
