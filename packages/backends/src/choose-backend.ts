import { describeError } from '@cmcgan/command-line';
import type { Backend } from './backend';

/** How fast a backend is, measured on work with a known result. */
export interface BackendMeasurement {
  /** Median time of a convolution with both its gradients, in milliseconds. */
  readonly milliseconds: number;
  readonly description: string;
}

/** Measures a backend by name; rejects if it does not start or computes wrong results. */
export type MeasureBackend = (name: string) => Promise<BackendMeasurement>;

/** The plain JavaScript backend is for comparison only; measuring it would take minutes. */
const NEVER_CHOSEN = 'cpu';

/** A backend's measurement, or the reason why it cannot be used. */
async function tryBackend(backend: Backend, measure: MeasureBackend): Promise<BackendMeasurement | string> {
  const availability = await backend.availability();
  if (!availability.available) return availability.reason;
  try {
    return await measure(backend.name);
  } catch (error) {
    return describeError(error);
  }
}

/**
 * Chooses the fastest backend that is available and passes its self-test, for `--backend auto`. Backends are measured one after another,
 * each in its own process. `note` is called with one line that says what was chosen and why.
 *
 * @throws if none can be used, with the reason for each
 */
export async function chooseBackend(
  backends: readonly Backend[],
  { measure, note }: { measure: MeasureBackend; note: (line: string) => void },
): Promise<string> {
  const found: { name: string; result: BackendMeasurement | string }[] = [];
  for (const backend of backends.filter(({ name }) => name !== NEVER_CHOSEN)) {
    found.push({ name: backend.name, result: await tryBackend(backend, measure) });
  }
  const reasons = found.map(({ name, result }) => `${name}: ${typeof result === 'string' ? result : inWords(result)}`);
  const measured = found.flatMap(({ name, result }) => (typeof result === 'string' ? [] : [{ name, ...result }]));
  if (measured.length === 0) throw new Error(`--backend auto: no backend can be used here (${reasons.join('; ')})`);
  const fastest = measured.reduce((best, candidate) => (candidate.milliseconds < best.milliseconds ? candidate : best));
  note(`Backend: ${fastest.name}, the fastest that works here (${reasons.join('; ')})`);
  return fastest.name;
}

const inWords = ({ milliseconds }: BackendMeasurement) =>
  `${milliseconds.toFixed(milliseconds < 10 ? 1 : 0)} ms for a convolution and its gradients`;
