// Reads package.json.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The manifest of the package in a folder. */
export const readManifest = (folder) => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));

/** The paths of an entry such as `exports` or `files`, at any depth; none if it is left out. */
export const pathsIn = (entry) => (typeof entry === 'string' ? [entry] : Object.values(entry ?? {}).flatMap(pathsIn));
