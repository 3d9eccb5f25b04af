import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { withPath } from '../files/with-path';
import { encodeEvent, type EventContent } from './event';
import { frameRecord } from './record';

/** An open event file; every write is on the disk's way when its promise resolves. */
export interface EventFile {
  readonly path: string;
  write(step: number, ...contents: readonly EventContent[]): Promise<void>;
  close(): Promise<void>;
}

export interface EventFileOptions {
  /** The first step that this session takes: what earlier files say of it and later ones is void. */
  readonly firstStep: number;
  /** Wall clock, in milliseconds since 1970. */
  readonly wallMs: () => number;
}

const NAME = /^events\.out\.tfevents\.(\d{10})\.trainer$/;

/** TensorBoard reads a folder's files in the order of their names: a session's name is always behind those that are there. */
async function nextName(folder: string, wallMs: number): Promise<string> {
  const seconds = (await readdir(folder)).flatMap((name) => Number(NAME.exec(name)?.[1] ?? []));
  const second = Math.max(Math.floor(wallMs / 1000), ...seconds.map((taken) => taken + 1));
  return `events.out.tfevents.${String(second).padStart(10, '0')}.trainer`;
}

/**
 * Begins a TensorBoard event file in a run folder. A resumed run begins a new one: its SessionLog START makes TensorBoard forget what the
 * sessions before wrote at `firstStep` and later, so that no step is shown twice.
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
