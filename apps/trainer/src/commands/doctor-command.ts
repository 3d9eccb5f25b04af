import { join, resolve } from 'node:path';
import { EXIT_CODES } from '@cmcgan/command-line';
import type { CommandFlag, ProgramDependencies, Typed } from './command';

/** Flags of `doctor`, in the order of its --help. */
export const DOCTOR_FLAGS: readonly CommandFlag[] = [
  { name: 'data', value: 'folder', help: 'also check these pairs, file by file' },
  { name: 'out', value: 'folder', help: 'parent of the run folders [runs]' },
  { name: 'json', help: 'one JSON object instead of text: { fit, findings }' },
];

/** Prints what works on this machine, what doesn't and how to fix it. Resolves to 0 if a default run is possible, else to 1. */
export async function doctorCommand({ flags, switches }: Typed, { folder }: ProgramDependencies): Promise<number> {
  const { examine, isFit } = await import('../doctor/examine');
  const { thisMachine } = await import('../doctor/this-machine');
  const findings = await examine(thisMachine(), {
    runsFolder: flags.out === undefined ? join(folder, 'runs') : resolve(folder, flags.out),
    dataFolder: flags.data === undefined ? null : resolve(folder, flags.data),
  });
  const fit = isFit(findings);
  if (switches.has('json')) console.log(JSON.stringify({ fit, findings }));
  else {
    const { describeFindings } = await import('../doctor/describe-findings');
    for (const line of describeFindings(findings, process.stdout.columns)) console.log(line);
  }
  return fit ? 0 : EXIT_CODES.failure;
}
