import { spawnSync } from 'node:child_process';
import DEBIAN_PACKAGES from './system-programs.json' with { type: 'json' };

/**
 * Whether a program that only the system provides is on PATH; if not, prints what is not tested, as in "videos are not read". To add
 * one, add a row to system-programs.json: its name and its Debian package, which .ci/run installs.
 */
export function hasProgram(name: keyof typeof DEBIAN_PACKAGES, consequence: string): boolean {
  const present = spawnSync(name, ['--help'], { stdio: 'ignore' }).error === undefined; // whatever it answers: mpirun refuses root
  const remedy = `Debian: apt-get install ${DEBIAN_PACKAGES[name]}`;
  if (!present) console.warn(`Skipped: ${name} is not on PATH, so ${consequence} (${remedy}).`);
  return present;
}
