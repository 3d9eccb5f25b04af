import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runCommander, UserError } from '@cmcgan/command-line';
import { Command, InvalidArgumentError } from 'commander';
import { findModelFolder } from './find-model-folder';
import { serveFolders } from './serve-folders';

const PAGE = fileURLToPath(new URL('page', import.meta.url)); // dist/page, beside dist/cli.js

function port(text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && Number.isInteger(value) && value >= 0 && value <= 65_535) return value;
  throw new InvalidArgumentError('It must be a whole number from 0 to 65535.');
}

interface Flags {
  port: number;
  host: string;
}

async function serve(run: string | undefined, { port, host }: Flags, folder: string): Promise<number> {
  if (!existsSync(join(PAGE, 'index.html'))) throw new UserError(`${PAGE} must hold the built page; build it with npm run build`);
  const model = run === undefined ? undefined : await findModelFolder(resolve(folder, run));
  const folders = { '/': PAGE, ...(model === undefined ? {} : { '/model/': model }) };
  const { address, closed } = await serveFolders(folders, { host, port });
  console.log(`CMCGAN Studio: ${address}/${model === undefined ? '' : '?model=model'}   (Ctrl-C ends it)`);
  await closed;
  return 0;
}

/** The command line as a program: `run` takes the arguments after the program's name and resolves to the exit code. */
export function createProgram(folder: string): { run(args: readonly string[]): Promise<number> } {
  return {
    run: (args) =>
      runCommander(
        (finish) =>
          new Command('studio')
            .description('Serves the studio: a page that turns pictures into sounds and sounds into pictures.')
            .argument('[run]', 'a run, a checkpoint or a model to open the page with (default: the released weights)')
            .option('--port <number>', 'port to listen on; 0: any that is free', port, 8123)
            .option('--host <name>', 'name or address to listen on', 'localhost')
            .action((run: string | undefined, flags: Flags) => finish(serve(run, flags, folder))),
        args,
      ),
  };
}
