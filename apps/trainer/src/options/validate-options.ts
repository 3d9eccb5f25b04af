import { availableParallelism } from 'node:os';
import { BACKEND_NAMES, BACKEND_SYNONYMS } from '@cmcgan/backends';
import { usageError } from '@cmcgan/command-line';
import { suggestion } from './nearest-name';
import { trainerOptionsSchema, type TrainerOptions } from './trainer-options';

/** Where an option's value was written, for messages: what the option is called there, and what was written. */
export interface OptionSource {
  readonly name: string;
  readonly got: unknown;
  /** How it was written, where that differs: "5" is not 5. */
  readonly written?: string;
}

/** Tells of an option where it was set. */
export type SourceOf = (key: string) => OptionSource;

/** Text of what the schema found wrong, in the words of who wrote the value. */
function issueMessage({ name, got, written = String(got) }: OptionSource, message: string): string {
  const names = /^must be one of (.+)$/.exec(message)?.[1]?.split(', ');
  const nearest = typeof got === 'string' && names ? suggestion(got, 'values', names) : '';
  return `${name} ${nearest ? 'is not known' : message}, got ${written}${nearest}`;
}

function assertNoConflict({ backend, threads, accumulate, batchSize }: TrainerOptions, sourceOf: SourceOf): void {
  const nameOf = (key: keyof TrainerOptions) => sourceOf(key).name;
  if (!BACKEND_NAMES.includes(backend)) {
    throw usageError(
      `${nameOf('backend')} ${backend} is not known${suggestion(backend, 'backends', BACKEND_NAMES, BACKEND_SYNONYMS)}`,
    );
  }
  if (backend === 'cpu' && threads !== null && threads > 1) {
    const [own, other] = [nameOf('threads'), nameOf('backend')];
    throw usageError(
      `${own} ${threads} conflicts with ${other} cpu, which has one thread; leave ${own} out, or use ${other} wasm`,
    );
  }
  const cores = availableParallelism();
  if (threads !== null && threads > 4 * cores) {
    throw usageError(
      `${nameOf('threads')} must be at most ${4 * cores} on this machine of ${cores} core${cores === 1 ? '' : 's'}, got ${threads}`,
    );
  }
  if (accumulate > 1 && batchSize * accumulate > 4096) {
    throw usageError(
      `${nameOf('batchSize')} ${batchSize} × ${nameOf('accumulate')} ${accumulate} must be at most 4096 pairs an update`,
    );
  }
}

/** Checks a whole set of options. Throws a usage error of one line for what is out of range and for what conflicts. */
export function validateOptions(values: Readonly<Record<string, unknown>>, sourceOf: SourceOf): TrainerOptions {
  const parsed = trainerOptionsSchema.safeParse(values);
  if (!parsed.success) {
    throw usageError(parsed.error.issues.map(({ path, message }) => issueMessage(sourceOf(String(path[0])), message)).join('; '));
  }
  assertNoConflict(parsed.data, sourceOf);
  return parsed.data;
}
