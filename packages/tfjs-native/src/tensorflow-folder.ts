import { existsSync, readdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/** A TensorFlow to build against. */
export interface TensorflowFolder {
  /** Folder of the two libraries. */
  readonly libraryFolder: string;
  /** Files to link with: the C API and the framework. */
  readonly libraries: readonly string[];
  /** TensorFlow's include folder. */
  readonly headers: string;
}

const FRAMEWORK = 'libtensorflow_framework.so.2';
/** Names of the library with the C API: in pip's packages, and in TensorFlow's archives for C. */
const C_API = ['libtensorflow_cc.so.2', 'libtensorflow.so.2'] as const;
const HEADER = join('tensorflow', 'c', 'eager', 'c_api.h');

/** The oldest version whose pip packages export the C API. */
const OLDEST = [2, 12] as const;

/** pip's metadata folder beside the package, which names the installed version. */
const METADATA = /^tensorflow(?:_(?:cpu|gpu|rocm|intel|macos))?-((\d+)\.(\d+)\S*)\.dist-info$/;

function tooOldVersion(folder: string): string | undefined {
  const beside = dirname(folder);
  const found = existsSync(beside) ? readdirSync(beside).map((name) => METADATA.exec(name)) : [];
  const [, version, major, minor] = found.find((match) => match !== null) ?? [];
  const isOld = Number(major) < OLDEST[0] || (Number(major) === OLDEST[0] && Number(minor) < OLDEST[1]);
  return isOld ? version : undefined;
}

/**
 * The libraries and headers of a TensorFlow in a folder: pip's package `tensorflow`, the folder that holds it, or an unpacked archive of
 * TensorFlow for C.
 *
 * @throws Error that says in one sentence what is missing
 */
export function openTensorflowFolder(given: string): TensorflowFolder {
  const folder = resolve(given);
  if (!existsSync(folder)) throw new Error(`the folder of TensorFlow must exist, got ${folder}`);
  const places = [folder, join(folder, 'lib'), join(folder, 'tensorflow')];
  for (const libraryFolder of places) {
    const api = C_API.find((name) => existsSync(join(libraryFolder, name)));
    if (api === undefined || !existsSync(join(libraryFolder, FRAMEWORK))) continue;
    const libraries = [api, FRAMEWORK].map((name) => join(libraryFolder, name));
    return { libraryFolder, libraries, headers: headersOf(libraryFolder) };
  }
  const version = tooOldVersion(folder);
  const wanted = `TensorFlow must be ${OLDEST.join('.')} or newer, since older ones have no library to link with`;
  if (version !== undefined) throw new Error(`${wanted}, got ${version} in ${folder}`);
  throw new Error(
    `${folder} holds no ${C_API[0]} beside ${FRAMEWORK}: name the folder of TensorFlow ${OLDEST.join('.')} or newer`,
  );
}

function headersOf(libraryFolder: string): string {
  const places = [join(libraryFolder, 'include'), join(dirname(libraryFolder), 'include')];
  const headers = places.find((place) => existsSync(join(place, HEADER)));
  if (headers === undefined) throw new Error(`TensorFlow's headers must be in ${places[0]}, but it holds no ${HEADER}`);
  return headers;
}
