import packageJson from '../package.json';
import { createProgram } from './commands/program';
import { describeError } from './errors/describe-error';
import { EXIT_CODES, UserError } from './errors/user-error';
import { invocationFolder } from './files/invocation-folder';

/** `pnpm start -- --flag` hands the dashes on. */
const withoutLeadingDashes = (words: readonly string[]) => (words[0] === '--' ? words.slice(1) : words);

async function main(): Promise<number> {
  const folder = invocationFolder(process.env, process.cwd());
  const program = createProgram({ folder, trainerVersion: packageJson.version });
  return program.run(withoutLeadingDashes(process.argv.slice(2)));
}

// Worker threads don't keep a process alive: without this, waiting for one of them alone would end the process, and with success.
setInterval(() => {}, 60_000);

// A terminal that was closed, or a pipe whose reader has gone (`| head`), does not end a training.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});

main().then(
  (exitCode) => process.exit(exitCode),
  (error: unknown) => {
    if (process.env.DEBUG) console.error(error);
    console.error(`trainer: ${describeError(error)}`);
    process.exit(error instanceof UserError ? error.exitCode : EXIT_CODES.failure);
  },
);
