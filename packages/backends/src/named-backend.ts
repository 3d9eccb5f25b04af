import { AUTO, BACKENDS } from './start-backend';
import { chooseBackend } from './choose-backend';
import { measureInOwnProcess } from './measure-in-own-process';

/** Options that name a backend. */
interface BackendChoice {
  readonly backend: string;
  readonly threads: number | null;
}

/** The same options with a backend's own name in the place of `auto`, so that a run says, and a resumed one uses, what was chosen. */
export async function withNamedBackend<Options extends BackendChoice>(
  options: Options,
  note: (line: string) => void,
): Promise<Options> {
  if (options.backend !== AUTO) return options;
  const measure = measureInOwnProcess(process.argv[1], options.threads);
  return { ...options, backend: await chooseBackend(BACKENDS, { measure, note }) };
}
