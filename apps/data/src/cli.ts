import { createProgress } from './progress';
import { createProgram } from './program';
import { UserError } from './user-error';

/** `pnpm --filter data start` changes to the app's folder first and leaves the person's in INIT_CWD. */
const { npm_lifecycle_event, npm_package_name, INIT_CWD } = process.env;
const folder = (npm_lifecycle_event === 'start' && npm_package_name === 'data' && INIT_CWD) || process.cwd();
/** `pnpm start -- --flag` hands the dashes on. */
const words = process.argv[2] === '--' ? process.argv.slice(3) : process.argv.slice(2);
const progress = createProgress(process.stdout, () => performance.now());

createProgram({ folder, progress })
  .run(words)
  .then(
    (exitCode) => process.exit(exitCode),
    (error: unknown) => {
      progress.finish();
      if (process.env.DEBUG) console.error(error);
      console.error(`data: ${error instanceof Error ? error.message : String(error)}`);
      process.exit(error instanceof UserError ? error.exitCode : 1);
    },
  );
