import { AUTO, BACKENDS } from './start-backend';
import { chooseBackend } from './choose-backend';
import { measureInOwnProcess } from './measure-in-own-process';

/** Options that name a backend. */
interface BackendChoice {
  readonly backend: string;
  readonly threads: number | null;
}

/** Replaces the backend `auto` by the name of the one chosen, so that a run records it and uses it again when resumed. */
export async function withNamedBackend<Options extends BackendChoice>(
  options: Options,
  note: (line: string) => void,
): Promise<Options> {
  if (options.backend !== AUTO) return options;
  const measure = measureInOwnProcess(process.argv[1], options.threads);
  return { ...options, backend: await chooseBackend(BACKENDS, { measure, note }) };
}
