import packageJson from '../package.json';
import { createProgram } from './commands/program';
import { describeError } from './errors/describe-error';
import { EXIT_CODES, UserError } from './errors/user-error';
import { createProgress } from './progress';

/** `pnpm --filter evaluator start` changes to the app's folder first and leaves the person's in INIT_CWD. */
const { npm_lifecycle_event, npm_package_name, INIT_CWD } = process.env;
const folder = (npm_lifecycle_event === 'start' && npm_package_name === 'evaluator' && INIT_CWD) || process.cwd();
/** `pnpm start -- --flag` hands the dashes on. */
const words = process.argv[2] === '--' ? process.argv.slice(3) : process.argv.slice(2);
const progress = createProgress(process.stdout, () => performance.now());

// Worker threads don't keep a process alive: without this, waiting for one of them alone would end the process, and with success.
setInterval(() => {}, 60_000);

createProgram({ folder, progress, version: packageJson.version })
  .run(words)
  .then(
    (exitCode) => process.exit(exitCode),
    (error: unknown) => {
      progress.finish();
      if (process.env.DEBUG) console.error(error);
      console.error(`evaluator: ${describeError(error)}`);
      process.exit(error instanceof UserError ? error.exitCode : EXIT_CODES.failure);
    },
  );
