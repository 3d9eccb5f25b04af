import type { Output } from '@cmcgan/command-line';
import type { Progress } from './progress';

/** The last summary alone. */
export function quietProgress(output: Output): Progress {
  return {
    note: () => {},
    status: () => {},
    step: () => {},
    event: () => {},
    summary: (text) => output.write(`${text}\n`),
    finish: () => {},
  };
}
