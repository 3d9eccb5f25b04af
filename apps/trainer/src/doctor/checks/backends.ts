import { describeError } from '@cmcgan/command-line';
import { addressSpaceShortage } from '@cmcgan/command-line';
import type { Backend } from '@cmcgan/backends';
import type { Check, Finding, Machine } from '../check';

/** The backend of the default run. */
const DEFAULT_BACKEND = 'wasm';

async function defaultBackend(machine: Machine): Promise<Finding> {
  const name = `--backend ${DEFAULT_BACKEND}`;
  const shortage = addressSpaceShortage('train', machine.addressSpace);
  if (shortage) return { name, state: 'fails', detail: shortage.reason, remedy: shortage.remedy }; // trying it could end this process
  try {
    return {
      name,
      state: 'works',
      detail: `${await machine.tryBackend(DEFAULT_BACKEND)}; the default, and it computes correctly`,
    };
  } catch (error) {
    const remedy = 'rebuild it: npm run build; or choose another backend with --backend';
    return { name, state: 'fails', detail: describeError(error), remedy };
  }
}

async function otherBackend({ name, availability, proof }: Backend): Promise<Finding> {
  const found = await availability();
  const detail = (description: string) => (proof === undefined ? description : `${description}; ${proof}`);
  if (found.available) return { name: `--backend ${name}`, state: 'works', detail: detail(found.description) };
  return { name: `--backend ${name}`, state: 'absent', detail: found.reason, remedy: found.remedy };
}

/** The backends: the default one is tried, the others are asked whether they are available. */
export const backends: Check = {
  name: 'backends',
  run: (machine) =>
    Promise.all(
      machine.backends.map((backend) => (backend.name === DEFAULT_BACKEND ? defaultBackend(machine) : otherBackend(backend))),
    ),
};
