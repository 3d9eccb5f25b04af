/** A whole file: its bytes, or what gives them. A Buffer is a Uint8Array, a File is a Blob. */
export type ImageSource = Uint8Array | ArrayBuffer | ArrayBufferView | Blob | Response;

/**
 * The bytes of a source; nothing is copied where they are in memory already.
 * @throws TypeError that names `caller` if it is none of the kinds, such as a path; Error if a response is not ok
 */
export async function readSource(caller: string, source: ImageSource): Promise<Uint8Array> {
  if (isInMemory(source)) return bytesInMemory(caller, source); // first: to name Response makes Node load its fetch, WebAssembly and all
  if (typeof Blob !== 'undefined' && source instanceof Blob) return new Uint8Array(await source.arrayBuffer());
  if (typeof Response !== 'undefined' && source instanceof Response) {
    if (!source.ok) throw new Error(`${caller}: the response must be ok, got status ${source.status} for ${source.url || 'it'}`);
    return new Uint8Array(await source.arrayBuffer());
  }
  return bytesInMemory(caller, source);
}

const isInMemory = (source: unknown) => ArrayBuffer.isView(source) || isArrayBuffer(source);

/**
 * The same for sources that are in memory.
 * @throws TypeError that names `caller` for anything else
 */
export function bytesInMemory(caller: string, source: unknown): Uint8Array {
  // a Buffer too: its slice() would share memory, where a Uint8Array's copies
  if (ArrayBuffer.isView(source)) return new Uint8Array(source.buffer, source.byteOffset, source.byteLength);
  if (isArrayBuffer(source)) return new Uint8Array(source);
  throw new TypeError(`${caller}: bytes must be ${ACCEPTED}, got ${describe(source)}`);
}

const ACCEPTED = 'a Uint8Array, an ArrayBuffer, a Buffer, a Blob, a File or a Response';

/** Also those of another realm, such as a frame's. */
function isArrayBuffer(source: unknown): source is ArrayBuffer {
  return ['[object ArrayBuffer]', '[object SharedArrayBuffer]'].includes(Object.prototype.toString.call(source));
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
