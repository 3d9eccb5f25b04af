import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { endOf, WAYS, type GeneratedRole } from '@cmcgan/model';
import { SAMPLE_FOLDERS } from '../samples/sample-folders';

/** A file of samples/, by the epoch in its name. */
export interface EpochFile {
  readonly epoch: number;
  readonly path: string;
}

/** The files in a run's samples/. */
export interface StoredSamples {
  readonly soundToImage: readonly EpochFile[];
  readonly imageToSound: readonly EpochFile[];
  /** Generated sounds, by instrument. */
  readonly sounds: ReadonlyMap<string, readonly EpochFile[]>;
  /** Paths of the true sounds, by instrument. */
  readonly trueSounds: ReadonlyMap<string, string>;
  /** Pairs to listen to, in order of instruments. */
  readonly listening: readonly ListeningPair[];
}

/** The sounds of one pair: paths of the recording and of what was generated from its picture. */
export interface ListeningPair {
  readonly instrument: string;
  readonly truth: string;
  /** By the role at the way's end, in the order in which they are shown. */
  readonly generated: readonly (readonly [role: GeneratedRole, path: string])[];
}

const namesIn = async (folder: string) => (existsSync(folder) ? (await readdir(folder)).sort() : []);

async function epochFiles(folder: string, extension: string): Promise<(EpochFile & { label: string })[]> {
  return (await namesIn(folder))
    .flatMap((name) => {
      const found = /^epoch-(\d+)(?:-(.+))?(\.\w+)$/.exec(name);
      if (found?.[3] !== extension) return [];
      return [{ epoch: Number(found[1]), label: found[2] ?? '', path: join(folder, name) }];
    })
    .sort((a, b) => a.epoch - b.epoch);
}

/** Roles of generated sounds, the path's end first. */
const SOUND_ROLES = WAYS.filter(({ from }) => from === 'V').map(endOf);

async function listeningPairs(folder: string): Promise<ListeningPair[]> {
  const names = await namesIn(folder);
  return names.flatMap((name) => {
    const found = /^((.+)-\d+)-true\.wav$/.exec(name);
    if (found === null) return [];
    const [, pair, instrument] = found;
    const generated = SOUND_ROLES.filter((role) => names.includes(`${pair}-${role}.wav`)).map(
      (role) => [role, join(folder, `${pair}-${role}.wav`)] as const,
    );
    return [{ instrument, truth: join(folder, name), generated }];
  });
}

/** Lists the grids and sounds that a run has written so far, in order of epochs. */
export async function readSamples(folder: string): Promise<StoredSamples> {
  const sounds = new Map<string, EpochFile[]>();
  for (const { label, ...file } of await epochFiles(join(folder, SAMPLE_FOLDERS.sounds), '.wav')) {
    sounds.set(label, [...(sounds.get(label) ?? []), file]);
  }
  const trueFolder = join(folder, SAMPLE_FOLDERS.trueSounds);
  const trueNames = (await namesIn(trueFolder)).filter((name) => name.endsWith('.wav'));
  return {
    soundToImage: await epochFiles(join(folder, SAMPLE_FOLDERS.soundToImage), '.jpg'),
    imageToSound: await epochFiles(join(folder, SAMPLE_FOLDERS.imageToSound), '.jpg'),
    sounds,
    listening: await listeningPairs(join(folder, SAMPLE_FOLDERS.listening)),
    trueSounds: new Map(trueNames.map((name) => [name.replace(/\.wav$/, ''), join(trueFolder, name)])),
  };
}
