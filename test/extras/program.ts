import { spawnSync } from 'node:child_process';

/** Whether a program of the system's is on PATH; says on the screen what is not tested where it isn't, as in "videos are not read". */
export function hasProgram(name: string, consequence: string): boolean {
  const present = spawnSync(name, ['-version'], { stdio: 'ignore' }).status === 0;
  if (!present) console.warn(`Skipped: ${name} is not on PATH, so ${consequence}.`);
  return present;
}
