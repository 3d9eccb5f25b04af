import { describeError } from '@cmcgan/command-line';
import type { Check, Machine } from '../check';

/** MPI, which connects several processes. */
export const mpi: Check = {
  name: 'MPI',
  async run({ findMpi }: Machine) {
    const remedy = 'only to train in several processes or on several machines: install it (Debian: apt-get install openmpi-bin)';
    const absent = (detail: string) => [{ name: 'MPI', state: 'absent', detail, remedy } as const];
    const found = await findMpi().catch(describeError);
    if (typeof found === 'string') return absent(found);
    const started = found.launcher === undefined ? '' : `; this process was started by ${found.launcher.name}`;
    const libraries = found.libraries.map(({ name, version, path }) => `${name} ${version} (${path})`).join('; ');
    if (libraries === '') return absent(`no library found${started}`);
    return [{ name: 'MPI', state: 'works', detail: libraries + started }];
  },
};
