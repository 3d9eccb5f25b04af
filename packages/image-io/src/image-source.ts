/** A whole file: its bytes, or an object that holds them. A Buffer is a Uint8Array, a File is a Blob. */
export type ImageSource = Uint8Array | ArrayBuffer | ArrayBufferView | Blob | Response;

/**
 * The bytes of a source, not copied if they are in memory already.
 * @throws TypeError that names `caller` if it is anything else, such as a path; Error if a response is not ok
 */
export async function readSource(caller: string, source: ImageSource): Promise<Uint8Array> {
  // By name: asking for the class `Response` makes Node load its whole fetch, WebAssembly and all. It also recognises those of another
  // realm.
  if (isNamed(source, 'Response')) {
    if (!source.ok) throw new Error(`${caller}: the response must be ok, got status ${source.status} for ${source.url || 'it'}`);
    return new Uint8Array(await source.arrayBuffer());
  }
  if (isNamed(source, 'Blob') || isNamed(source, 'File')) return new Uint8Array(await source.arrayBuffer());
  return bytesInMemory(caller, source);
}

/**
 * The bytes of a source that is in memory.
 * @throws TypeError that names `caller` for anything else
 */
export function bytesInMemory(caller: string, source: unknown): Uint8Array {
  // a Buffer too: its slice() would share memory, whereas a Uint8Array's copies
  if (ArrayBuffer.isView(source)) return unshared(new Uint8Array(source.buffer, source.byteOffset, source.byteLength));
  if (isArrayBuffer(source)) return unshared(new Uint8Array(source));
  throw new TypeError(`${caller}: bytes must be ${ACCEPTED}, got ${describe(source)}`);
}

/** Copies shared memory, which decoders do not accept. */
function unshared(bytes: Uint8Array): Uint8Array {
  return kindOf(bytes.buffer) === '[object ArrayBuffer]' ? bytes : bytes.slice();
}

const kindOf = (value: unknown): string => Object.prototype.toString.call(value);

const isNamed = <Name extends keyof Named>(value: unknown, name: Name): value is Named[Name] =>
  kindOf(value) === `[object ${name}]`;

interface Named {
  Response: Response;
  Blob: Blob;
  File: File;
}

const ACCEPTED = 'a Uint8Array, an ArrayBuffer, a Buffer, a Blob, a File or a Response';

/** Includes buffers of another realm, such as a frame's. */
function isArrayBuffer(source: unknown): source is ArrayBuffer {
  return ['[object ArrayBuffer]', '[object SharedArrayBuffer]'].includes(kindOf(source));
}

function describe(source: unknown): string {
  if (typeof source === 'string') {
    return `the string '${source.slice(0, 40)}'; read the file first, with readFile from node:fs/promises or with fetch`;
  }
  if (typeof source !== 'object' || source === null) return String(source);
  const name = source.constructor?.name ?? 'an object';
  return name === 'Blob' || name === 'File' || name === 'Response'
    ? `a ${name}; await its arrayBuffer() first`
    : `a value of type ${name}`;
}
