import { describeError } from '@cmcgan/command-line';
import { addressSpaceShortage } from '@cmcgan/command-line';
import type { Backend } from '@cmcgan/backends';
import type { Check, Finding, Machine } from '../check';

/** The one that the default job takes. */
const DEFAULT_BACKEND = 'wasm';

async function defaultBackend(machine: Machine): Promise<Finding> {
  const name = `--backend ${DEFAULT_BACKEND}`;
  const shortage = addressSpaceShortage('train', machine.addressSpace);
  if (shortage) return { name, state: 'fails', detail: shortage.reason, remedy: shortage.remedy }; // to try it could end this process
  try {
    return { name, state: 'works', detail: `${await machine.tryBackend(DEFAULT_BACKEND)}; the default, and it computes` };
  } catch (error) {
    const remedy = 'build it again: npm run build; else take another backend with --backend';
    return { name, state: 'fails', detail: describeError(error), remedy };
  }
}

async function otherBackend({ name, availability, proof }: Backend): Promise<Finding> {
  const found = await availability();
  const detail = (description: string) => (proof === undefined ? description : `${description}; ${proof}`);
  if (found.available) return { name: `--backend ${name}`, state: 'works', detail: detail(found.description) };
  return { name: `--backend ${name}`, state: 'absent', detail: found.reason, remedy: found.remedy };
}

/** What can compute: the default backend is tried, of the others it is asked whether they could be started. */
export const backends: Check = {
  name: 'backends',
  run: (machine) =>
    Promise.all(
      machine.backends.map((backend) => (backend.name === DEFAULT_BACKEND ? defaultBackend(machine) : otherBackend(backend))),
    ),
};
