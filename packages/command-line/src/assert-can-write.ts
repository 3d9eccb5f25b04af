import { constants, existsSync } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { UserError } from './user-error';

/** Checks, before any work is done, that the folder of --out can be written to or created. Creates nothing. */
export async function assertCanWrite(folder: string): Promise<void> {
  let nearest = folder;
  while (!existsSync(nearest)) nearest = dirname(nearest);
  if (!(await stat(nearest)).isDirectory()) {
    throw new UserError(`--out ${folder} cannot be a folder, since ${nearest} is a file; choose another one`);
  }
  await access(nearest, constants.W_OK);
}
