import { spawnSync } from 'node:child_process';
import DEBIAN_PACKAGES from './system-programs.json' with { type: 'json' };

/**
 * Whether a program that only the system brings is on PATH; says on the screen what is not tested where it isn't, as in "videos are not
 * read". To add one: a row in system-programs.json, its name and the Debian package that holds it, which .ci/run installs.
 */
export function hasProgram(name: keyof typeof DEBIAN_PACKAGES, consequence: string): boolean {
  const present = spawnSync(name, ['--help'], { stdio: 'ignore' }).status === 0;
  const remedy = `Debian: apt-get install ${DEBIAN_PACKAGES[name]}`;
  if (!present) console.warn(`Skipped: ${name} is not on PATH, so ${consequence} (${remedy}).`);
  return present;
}
