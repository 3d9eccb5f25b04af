import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { withPath } from '../files/with-path';
import { encodeEvent, type EventContent } from './event';
import { frameRecord } from './record';

/** An open event file. When the promise of a write resolves, its data have been passed to the operating system. */
export interface EventFile {
  readonly path: string;
  write(step: number, ...contents: readonly EventContent[]): Promise<void>;
  close(): Promise<void>;
}

export interface EventFileOptions {
  /** First step of this session: it supersedes this step and later ones in earlier files. */
  readonly firstStep: number;
  /** Wall clock, in milliseconds since 1970. */
  readonly wallMs: () => number;
}

const NAME = /^events\.out\.tfevents\.(\d{10})\.trainer$/;

/** A name that sorts after the existing files, since TensorBoard reads a folder's files in the order of their names. */
async function nextName(folder: string, wallMs: number): Promise<string> {
  const seconds = (await readdir(folder)).flatMap((name) => Number(NAME.exec(name)?.[1] ?? []));
  const second = Math.max(Math.floor(wallMs / 1000), ...seconds.map((taken) => taken + 1));
  return `events.out.tfevents.${String(second).padStart(10, '0')}.trainer`;
}

/**
 * Creates a TensorBoard event file in a run folder. A resumed run creates a new one, whose SessionLog START makes TensorBoard discard what
 * earlier sessions wrote at `firstStep` and later, so that no step is shown twice.
 */
export async function createEventFile(folder: string, { firstStep, wallMs }: EventFileOptions): Promise<EventFile> {
  const path = join(folder, await nextName(folder, wallMs()));
  const file = await open(path, 'ax');
  const write = async (step: number, ...contents: readonly EventContent[]) => {
    const at = { wallSeconds: wallMs() / 1000, step };
    try {
      await file.appendFile(Buffer.concat(contents.map((content) => frameRecord(encodeEvent(at, content)))));
    } catch (error) {
      throw withPath(error, path);
    }
  };
  await write(0, { fileVersion: 'brain.Event:2' });
  await write(firstStep, { sessionStart: true });
  return { path, write, close: () => file.close() };
}
